from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.base import OfSession

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _rating(question: StrPromise) -> models.PositiveSmallIntegerField:
    """Return the field of an answer from 1 (not at all) to 5 (entirely)."""
    return models.PositiveSmallIntegerField(question, validators=[MinValueValidator(1), MaxValueValidator(5)])


class Evaluation(OfSession):
    """What one person thought of a session, kept without a name, an address or an hour."""

    useful = _rating(_("The session is useful for my work"))
    clear = _rating(_("What was said was clear"))
    heard = _rating(_("I could ask and be heard"))
    technical = _rating(_("Sound, picture and connection were good"))
    next_step = models.TextField(_("What will you do with it?"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    submitted_on = models.DateField(_("day"))

    RATINGS = ("useful", "clear", "heard", "technical")

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-submitted_on", "pk"]

    def __str__(self) -> str:
        return f"{self.session_key} {self.submitted_on}"
