"""The step in which the stages of a practice are told, in the order of the law."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from good_practices.enums import StageKind
from good_practices.forms.contributing import KEPT, StepForm
from good_practices.forms.fields import Words
from good_practices.forms.stages import ABOUT_DATES, WORDS
from good_practices.models import Contribution
from good_practices.procedure import Step, faults
from portal.base import clock
from portal.base.dates import localdate
from portal.base.text import clean_text
from portal.vocabulary.enums import Instrument


class StagesForm(StepForm):
    heading = _("The stages")
    intro = _("In the order in which they came. Leave empty what you do not need.")

    MOST = 12
    SPARE = 2
    PARTS = ("kind", "date", "note")

    def __init__(self, contribution: Contribution, data: Any = None) -> None:
        super().__init__(contribution, data)
        rows = contribution.data.get("stages", [])
        self.count = min(self.MOST, max(3, len(rows) + self.SPARE))
        if data is not None:
            self.count = min(self.MOST, max(self.count, 1 + max(map(_number, data), default=0)))
        for number in range(self.count):
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        kinds = [("", "—"), *StageKind.choices]
        wrong = {"invalid_choice": _("Choose one of these."), "invalid": _("Write the date as year-month-day: 2019-01-17.")}
        self.fields[f"kind-{number}"] = forms.ChoiceField(choices=kinds, label=_("Stage"), required=False, error_messages=wrong)
        self.fields[f"date-{number}"] = forms.DateField(
            label=_("Date"),
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            error_messages=wrong,
        )
        self.fields[f"note-{number}"] = Words(label=_("What happened"), required=False, max_length=1000, rows=2)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each stage."""
        return [[self[f"{part}-{number}"] for part in self.PARTS] for number in range(self.count)]

    def told(self) -> list[tuple[str, str]]:
        """Return what was kept of each stage, right or not: its name, and its day with what happened."""
        names = {"": "–", **dict(StageKind.choices)}
        rows = [{part: str(row.get(part, "")) for part in self.PARTS} for row in self.kept.get("stages", [])]
        return [(str(names.get(row["kind"], "–")), "\n".join(filter(None, [_day(row["date"]), row["note"]]))) for row in rows]

    @classmethod
    def flat(cls, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return the kept stages by the names of the form's fields."""
        rows = enumerate(kept.get("stages", []))
        return {f"{part}-{number}": row.get(part, "") for number, row in rows for part in cls.PARTS}

    @classmethod
    def raw(cls, posted: QueryDict) -> dict[str, Any]:
        """Return the stages of a request, those of which nothing is written left out."""
        rows = [{part: clean_text(posted.get(f"{part}-{number}", "")[:KEPT]) for part in cls.PARTS} for number in range(cls.MOST)]
        return {"stages": [row for row in rows if any(row.values())]}

    def clean(self) -> dict[str, Any]:
        """Put the list of stages into the result: complete, and in the order of the law."""
        data = super().clean() or {}
        rows = []
        for number in range(self.count):
            kind, date, note = (data.get(f"{part}-{number}") for part in self.PARTS)
            if (date or note) and not kind and f"kind-{number}" not in self.errors:
                self.add_error(f"kind-{number}", _("Which stage is it?"))
            if kind and not date and f"date-{number}" not in self.errors:
                self.add_error(f"date-{number}", _("When was it? Write the day, even about."))
            if kind and date:
                rows.append({"kind": kind, "date": date, "note": note or "", "number": number})
        self._check_order(rows)
        return {"stages": rows}

    def _check_order(self, rows: list[dict[str, Any]]) -> None:
        instrument = str(self.kept.get("instrument") or "")
        if instrument not in Instrument.values:
            return
        steps = [Step(row["kind"], row["date"]) for row in rows]
        for position, fault in faults(instrument, steps, today()):
            part = "date" if fault in ABOUT_DATES else "kind"
            self.add_error(f"{part}-{rows[position]['number']}", WORDS[fault])


def today() -> datetime.date:
    """Return the day it is in Morocco."""
    return timezone.localdate(clock.now())


def _day(text: str) -> str:
    """Return a day in words for people; what is no day as it was written."""
    try:
        return localdate(datetime.date.fromisoformat(text))
    except ValueError:
        return text


def _number(name: str) -> int:
    end = name.rpartition("-")[2]
    return int(end) if end.isascii() and end.isdigit() and len(end) < 3 else 0
