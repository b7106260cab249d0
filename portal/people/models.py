"""Who: the people who sign in and the organisations that act."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from portal.base import clock
from portal.base.languages import in_language
from portal.base.models import Illustrative, MultilingualName
from portal.people.enums import DigestFrequency, MembershipRole, OrganisationKind, PartnershipKind, Purpose, RequestKind
from portal.people.querysets import MembershipQuerySet, OrganisationQuerySet
from portal.vocabulary.models import Territory


class UserManager(BaseUserManager["User"]):
    """Creates people, who are known by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create and return a person.

        Raises ValueError if `email` is empty.
        """
        if not email:
            raise ValueError("a person needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create and return a person who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person with this e-mail address, in whatever case it is written."""
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """A person who signs in, by e-mail. `display_name` is what others see: a name or a pseudonym."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(
        _("name or pseudonym"), max_length=80, help_text=_("Others see this name beside what you write.")
    )
    key = models.UUIDField(_("pseudonym for machines"), default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(
        _("language of e-mails"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    reads = models.JSONField(_("languages that I read"), default=list, blank=True)
    region = models.ForeignKey(
        Territory, models.SET_NULL, null=True, blank=True, related_name="inhabitants", verbose_name=_("region")
    )
    digest = models.CharField(_("digest"), max_length=8, choices=DigestFrequency.choices, default=DigestFrequency.WEEKLY)
    mail_links = models.PositiveIntegerField(_("version of the links in e-mails"), default=0, editable=False)
    mail_stopped_at = models.DateTimeField(_("e-mail came back at"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    objects = UserManager()  # type: ignore[assignment, misc]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="people_user_email_any_case")]

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_full_name(self) -> str:
        """Return the name that others see."""
        return self.display_name

    def get_short_name(self) -> str:
        """Return the name that others see."""
        return self.display_name


class Organisation(Illustrative, MultilingualName):
    """An association, a local authority, an institution or a partner."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices, default=OrganisationKind.ASSOCIATION)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("territory")
    )
    website = models.URLField(_("website"), blank=True)
    partnership = models.CharField(_("partnership"), max_length=14, choices=PartnershipKind.choices, blank=True)
    about_ar = models.TextField(_("presentation in Arabic"), blank=True)
    about_fr = models.TextField(_("presentation in French"), blank=True)
    about_en = models.TextField(_("presentation in English"), blank=True)
    trusted = models.BooleanField(
        _("trusted"), default=False, help_text=_("What its verified members write about its own practices is published at once.")
    )

    panels = [
        *MultilingualName.name_panels,
        FieldPanel("kind"),
        FieldPanel("territory"),
        FieldPanel("website"),
        FieldPanel("partnership"),
        MultiFieldPanel([FieldPanel("about_ar"), FieldPanel("about_fr"), FieldPanel("about_en")], heading=_("Presentation")),
        FieldPanel("trusted"),
        FieldPanel("slug"),
        *Illustrative.illustrative_panels,
    ]

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]

    @property
    def about(self) -> str:
        """The presentation in the active language, else the first that is filled in."""
        return in_language(self, "about")


class Membership(models.Model):
    """That a person belongs to an organisation; it counts once a facilitator has verified it."""

    person = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=12, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("verified by"))
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True, help_text=_("Why it was declined: the person reads it."))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["verified_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "organisation"], name="people_member_once")]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation}"

    @property
    def is_verified(self) -> bool:
        """Whether a facilitator has verified it."""
        return self.verified_at is not None


class Consent(models.Model):
    """That a person agreed to a text, in the version they read, until they withdrew it."""

    person = models.ForeignKey(User, models.CASCADE, related_name="consents", verbose_name=_("person"))
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    given_at = models.DateTimeField(_("given at"), default=clock.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


def one_month_on() -> datetime.datetime:
    """Return the moment until which a request about personal data is to be answered (GDPR, article 12: one month)."""
    return clock.now() + datetime.timedelta(days=30)


class DataRequest(models.Model):
    """What a person asks about their data and cannot do by themselves; a facilitator answers within a month."""

    person = models.ForeignKey(User, models.CASCADE, related_name="data_requests", verbose_name=_("person"))
    kind = models.CharField(_("what is asked"), max_length=8, choices=RequestKind.choices, default=RequestKind.OBJECT)
    text = models.TextField(_("text"), max_length=2000)
    created_at = models.DateTimeField(_("sent at"), default=clock.now)
    due_on = models.DateTimeField(_("to be answered by"), default=one_month_on)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered by"))
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["answered_at", "due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_late(self) -> bool:
        """Whether its month has passed without an answer."""
        return self.answered_at is None and self.due_on < clock.now()
