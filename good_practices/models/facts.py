from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from good_practices.enums import Outcome, StageKind
from portal.people.models import Organisation
from portal.vocabulary.enums import Instrument, Level
from portal.vocabulary.models import Territory, Theme


class PracticeFacts(models.Model):
    """What is counted of a public practice: one row for all its languages, kept up to date by `domain`.

    The dashboard, the map and the directories read these rows, so that their cost does not grow with languages or texts.
    """

    practice_key = models.UUIDField(_("practice"), primary_key=True)
    instrument = models.CharField(_("instrument"), max_length=20, choices=Instrument.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    stage = models.CharField(_("last stage"), max_length=20, choices=StageKind.choices, blank=True)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="+", verbose_name=_("place"))
    province = models.ForeignKey(Territory, models.CASCADE, null=True, related_name="+", verbose_name=_("province"))
    region = models.ForeignKey(Territory, models.CASCADE, null=True, related_name="+", verbose_name=_("region"))
    authority = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+", verbose_name=_("authority"))
    authority_level = models.CharField(_("level of the authority"), max_length=12, choices=Level.choices, blank=True)
    filed_on = models.DateField(_("filed on"), null=True)
    replied_on = models.DateField(_("replied on"), null=True)
    days_to_reply = models.IntegerField(_("days to reply"), null=True)
    reply_due_on = models.DateField(_("reply due on"), null=True)
    institutionalised_on = models.DateField(_("institutionalised on"), null=True)
    changed_at = models.DateTimeField(_("changed at"))
    illustrative = models.BooleanField(_("illustrative"), default=False)
    themes = models.ManyToManyField(Theme, related_name="+", verbose_name=_("themes"))

    class Meta:
        verbose_name = _("facts of a practice")
        verbose_name_plural = _("facts of practices")
        indexes = [
            models.Index(fields=["outcome", "stage", "instrument", "illustrative"], name="practice_facts_standing"),
            models.Index(fields=["authority_level", "days_to_reply"], name="practice_facts_by_level"),
            models.Index(fields=["region", "days_to_reply"], name="practice_facts_by_region"),
        ]

    def __str__(self) -> str:
        return str(self.practice_key)
