from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from good_practices.enums import CommitmentStatus
from portal.base import clock
from portal.base.languages import in_language
from portal.base.models import Illustrative
from portal.people.models import Organisation
from portal.vocabulary.models import Territory


class Commitment(Illustrative):
    """A promise of an authority or an association: who, what, where, by when, and whether it was kept."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="commitments", verbose_name=_("who"))
    text_ar = models.TextField(_("what, in Arabic"), max_length=600)
    text_fr = models.TextField(_("what, in French"), max_length=600, blank=True)
    text_en = models.TextField(_("what, in English"), max_length=600, blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="commitments", verbose_name=_("where"))
    made_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    status = models.CharField(_("kept or not"), max_length=12, choices=CommitmentStatus.choices, default=CommitmentStatus.PENDING)
    settled_on = models.DateField(_("known since"), null=True, blank=True)
    evidence_document = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("evidence: document")
    )
    evidence_link = models.URLField(_("evidence: address"), blank=True)
    practice_key = models.UUIDField(_("practice"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Refuse dates that cannot be: a promise or its outcome in the future, an end before the beginning."""
        super().clean()
        today, promised = timezone.localdate(clock.now()), self.made_on
        days = {name: getattr(self, name) for name in ("made_on", "due_on", "settled_on") if getattr(self, name)}
        early = {name: _("This date is before the promise.") for name, day in days.items() if promised and day < promised}
        late = {name: _("This date is in the future.") for name, day in days.items() if name != "due_on" and day > today}
        wrong = {**early, **late}
        if wrong:
            raise ValidationError(wrong)

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and nothing is known of it."""
        due = self.due_on if self.status == CommitmentStatus.PENDING else None
        return due is not None and due < timezone.localdate(clock.now())

    @property
    def text(self) -> str:
        """What was promised, in the active language, else the first that is filled in."""
        return in_language(self, "text")
