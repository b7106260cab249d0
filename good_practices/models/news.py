from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from good_practices.enums import StageKind
from good_practices.models.base import OfPractice
from portal.base import clock


class PracticeNews(OfPractice):
    """Since when everybody can read of a practice (`stage` empty) or of one of its stages: what its followers are told.

    The date of a stage is when it happened, which the portal may learn much later.
    """

    stage = models.CharField(_("stage"), max_length=20, choices=StageKind.choices, blank=True)
    published_at = models.DateTimeField(_("published at"), default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("news of a practice")
        verbose_name_plural = _("news of practices")
        constraints = [models.UniqueConstraint(fields=["practice_key", "stage"], name="practice_news_once")]

    def __str__(self) -> str:
        return f"{self.practice_key} {self.stage}"
