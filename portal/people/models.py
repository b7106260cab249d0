"""Who: the people who sign in and the organisations that act."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.base.models import Illustrative, MultilingualName
from portal.people.enums import OrganisationKind
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

    panels = [
        *MultilingualName.name_panels,
        FieldPanel("kind"),
        FieldPanel("territory"),
        FieldPanel("website"),
        FieldPanel("slug"),
        *Illustrative.illustrative_panels,
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]
