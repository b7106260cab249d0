from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from good_practices.models.base import OfPractice


class MistakeReport(OfPractice):
    """What a reader says is wrong in a practice; anybody may, and no name is asked for."""

    text = models.TextField(_("what is wrong"), max_length=2000)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Only if you want an answer."))
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    class Meta:
        verbose_name = _("reported mistake")
        verbose_name_plural = _("reported mistakes")
        ordering = ["settled_at", "-created_at"]

    def __str__(self) -> str:
        return Truncator(self.text).words(12)
