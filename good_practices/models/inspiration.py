from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from good_practices.enums import InspirationState
from good_practices.models.base import OfPractice
from portal.people.models import Organisation


class Inspiration(OfPractice):
    """That those who carry a practice say which one inspired it ("I did the same"); shown once it is confirmed."""

    inspired_by_key = models.UUIDField(_("inspired by"), db_index=True)
    note = models.TextField(_("what you took from it"), max_length=600, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=InspirationState.choices, default=InspirationState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="inspirations", verbose_name=_("said by")
    )
    asked_at = models.DateTimeField(_("said at"), auto_now_add=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("on behalf of")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    class Meta:
        verbose_name = _("inspiration")
        verbose_name_plural = _("inspirations")
        ordering = ["settled_at", "-asked_at"]
        constraints = [models.UniqueConstraint(fields=["practice_key", "inspired_by_key"], name="practice_inspired_once_by_each")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
