"""The law's order in the rows of a file: stages that cannot be, and outcomes that contradict them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping as Dict

from django.utils import timezone
from django.utils.translation import gettext

from good_practices.exchange.columns import by_name
from good_practices.exchange.rows import Record, RowError
from good_practices.forms.stages import WORDS, outcome_error
from good_practices.procedure import PETITION_STEPS, Step, faults
from portal.base import clock


def stage_faults(record: Record, known: Dict[str, datetime.date], instrument: str, outcome: str) -> list[RowError]:
    """Return what the law's order refuses of the stages that a record makes of the `known` ones (kind -> date)."""
    said = {column.stage for name in record.values if (column := by_name()[name]).stage}
    if not said and not {"instrument", "outcome"} & record.values.keys():
        return []
    dates = {kind.value: record.values.get(f"stage_{kind}_on", known.get(kind.value)) for kind in PETITION_STEPS}
    lost = gettext("This stage has no date.")
    errors = [RowError(record.row, f"stage_{kind}_on", "", lost) for kind in said if not dates[kind] and kind not in known]
    steps = [Step(kind, date) for kind, date in dates.items() if date]
    for at, fault in faults(instrument, steps, timezone.localdate(clock.now())):
        name = f"stage_{steps[at].kind}_on"
        errors.append(RowError(record.row, name, str(steps[at].date), str(WORDS[fault])))
    if words := outcome_error(outcome, [step.kind for step in steps]):
        errors.append(RowError(record.row, "outcome", outcome, words))
    return errors
