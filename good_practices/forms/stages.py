"""What is impossible in stages and outcomes, in the reader's words."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from good_practices.enums import Outcome, StageKind
from good_practices.procedure import Fault, Step, faults
from portal.base import clock

WORDS = {
    Fault.NOT_FOR_INSTRUMENT: gettext_lazy("The law sets no such stage for this instrument."),
    Fault.TWICE: gettext_lazy("This stage is told twice."),
    Fault.BEFORE_PREVIOUS: gettext_lazy("This date is before that of an earlier stage."),
    Fault.OUT_OF_ORDER: gettext_lazy("In the law’s order this stage comes before one that stands above it."),
    Fault.AFTER_REJECTION: gettext_lazy("A petition is found admissible or rejected, not both, and nothing follows a rejection."),
    Fault.IN_FUTURE: gettext_lazy("This date is in the future."),
}
"""Why a stage cannot stand where it stands."""

ABOUT_DATES = frozenset({Fault.BEFORE_PREVIOUS, Fault.IN_FUTURE})
"""Faults of a stage's date; the others are of its kind."""


class ImpossiblePracticeError(ValidationError):
    """A practice whose stages or outcome cannot be was to become public. `page` is the practice."""

    def __init__(self, page: Told, reasons: list[str]) -> None:
        words = _("“%(title)s” cannot be published:") % {"title": page}
        super().__init__(" ".join([words, *reasons]), code="impossible")
        self.page = page


class Dated(Protocol):
    """A stage as it was written: a row, a form's values, a line of a file."""

    kind: str
    date: datetime.date | None


class Told(Protocol):
    """What tells stages and an outcome: a practice."""

    pk: int
    instrument: str
    outcome: str
    stages: Any


def refuse_impossible(page: Told) -> None:
    """Raise ImpossiblePracticeError, in the active language, if the stages or the outcome of `page` cannot be.

    Forms tell it beside the field; this holds for what becomes public without one: in bulk, at an hour, by a workflow.
    """
    rows = list(page.stages.all())
    reasons = [f"{rows[place]}: {why}" for place, why in stage_errors(page.instrument, rows).items()]
    if error := outcome_error(page.outcome, [row.kind for row in rows]):
        reasons.append(error)
    if reasons:
        raise ImpossiblePracticeError(page, reasons)


def stage_errors(instrument: str, stages: Sequence[Dated]) -> dict[int, str]:
    """Return what is impossible in `stages`, in their given order: {position: message in the active language}.

    Stages without a known kind or a date are passed over: a form says itself that these are missing.
    """
    return {position: str(WORDS[fault]) for position, fault in stage_faults(instrument, stages).items()}


def stage_faults(instrument: str, stages: Sequence[Dated]) -> dict[int, Fault]:
    """Return what `stage_errors` does, as faults."""
    told = [(place, Step(one.kind, one.date)) for place, one in enumerate(stages) if one.date and one.kind in StageKind.values]
    found = faults(instrument, [step for _place, step in told], timezone.localdate(clock.now()))
    return {told[position][0]: fault for position, fault in found}


def outcome_error(outcome: str, kinds: Collection[str]) -> str:
    """Return why stages of these kinds cannot have come to `outcome`, in the active language; "" where they can."""
    if outcome in (Outcome.ACCEPTED, Outcome.CARRIED_OUT) and StageKind.REJECTED in kinds:
        return _("The stages say that it was rejected: it cannot be accepted or carried out.")
    if outcome == Outcome.REJECTED and StageKind.CARRIED_OUT in kinds:
        return _("The stages say that it was carried out: it cannot be rejected.")
    return ""
