from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from good_practices.models.base import OfPractice
from portal.base.models import Illustrative
from portal.people.models import Organisation


def _score() -> models.PositiveSmallIntegerField:
    """Return the field of a criterion: 0 (not at all) to 3 (fully), empty where it was not judged."""
    return models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(3)])


class Assessment(Illustrative, OfPractice):
    """What a peer or an expert finds of a practice, on the published criteria, and what was adjusted after."""

    transferable = _score()
    sustained = _score()
    includes_women = _score()
    includes_youth = _score()
    measured = _score()
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    adjusted = models.TextField(_("what was adjusted after"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="assessments", verbose_name=_("assessor")
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="assessments", verbose_name=_("on behalf of")
    )
    expert = models.BooleanField(_("by an expert"), default=False)
    assessed_on = models.DateField(_("assessed on"))
    public = models.BooleanField(_("public"), default=False)

    CRITERIA = ("transferable", "sustained", "includes_women", "includes_youth", "measured")

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-assessed_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["practice_key", "assessor"], name="practice_assessed_once_by_each")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.assessed_on}"
