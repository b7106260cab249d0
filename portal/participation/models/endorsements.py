"""What organisations say of a practice: evidence that it is of use."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.base import clock
from portal.base.models import Illustrative
from portal.participation.enums import EndorsementKind
from portal.participation.models.subjects import Moderated, Subject
from portal.people.models import Organisation


class Endorsement(Illustrative, Moderated):
    """That an organisation finds a subject useful, or did the same, with a line on what came of it."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="endorsements", verbose_name=_("subject"))
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="endorsements", verbose_name=_("organisation"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="endorsements", verbose_name=_("written by")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=EndorsementKind.choices)
    text = models.CharField(_("what came of it"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("written at"), default=clock.now)

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "organisation", "kind"], name="participation_endorsed_once"),
        ]
        permissions = [("moderate_endorsement", "Can hide and restore endorsements")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"

    @property
    def author(self) -> object:
        """Who wrote it."""
        return self.person
