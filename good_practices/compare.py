"""Two practices side by side: what is the same, what differs, and how long each step took."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from good_practices.enums import StageKind
from good_practices.forms.stages import WORDS
from good_practices.models import PracticePage
from good_practices.procedure import Fault, Step, reply_of, steps_of
from portal.base.dates import localdate


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison: a label and what each of the two has, line by line.

    `kind`: "fact" (in the reader's language, marked same or different), "words" (each in its own language) or "rich" (HTML).
    """

    label: str
    cells: tuple[tuple[str, ...], tuple[str, ...]]
    kind: str = "fact"

    @property
    def differs(self) -> bool:
        """Whether the two facts differ."""
        return self.cells[0] != self.cells[1]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one heading."""

    heading: str
    rows: tuple[Row, ...]


def comparison(a: PracticePage, b: PracticePage) -> list[Part]:
    """Return the comparison of two practices, without the lines that neither has."""
    parts = (
        Part(_("In short"), _facts(a, b)),
        Part(_("The stages"), _stages(a, b)),
        Part(_("Reply and result"), _results(a, b)),
        Part(_("What is needed to repeat it"), _needs(a, b)),
    )
    found = (Part(part.heading, tuple(row for row in part.rows if any(row.cells))) for part in parts)
    return [part for part in found if part.rows]


def _row(label: Any, value: Callable[[PracticePage], Iterable[str]], pages: tuple[PracticePage, PracticePage], kind: str) -> Row:
    first, second = (tuple(filter(None, value(page))) for page in pages)
    label = str(label)
    return Row(label[:1].upper() + label[1:], (first, second), kind)


def _facts(a: PracticePage, b: PracticePage) -> tuple[Row, ...]:
    values: tuple[tuple[str, Callable[[PracticePage], Iterable[str]]], ...] = (
        (_("Instrument"), lambda page: [str(page.get_instrument_display())]),
        (_("Outcome"), lambda page: [str(page.get_outcome_display())]),
        (_("Themes"), lambda page: [theme.name for theme in page.themes.all()]),
        (_("Place"), lambda page: [place.name for place in page.territory.lineage]),
        (_("Who asked"), lambda page: [organisation.name for organisation in page.organisations]),
        (_("Whom"), lambda page: [page.authority.name] if page.authority else []),
        (_("Made a rule"), lambda page: [localdate(page.institutionalised_on)] if page.institutionalised_on else []),
    )
    return tuple(_row(label, value, (a, b), "fact") for label, value in values)


def _stages(a: PracticePage, b: PracticePage) -> tuple[Row, ...]:
    rows = [_without_law(kind, _row(kind.label, partial(_stage, kind), (a, b), "fact"), (a, b)) for kind in StageKind]
    return (*rows, _row(_("Time to reply"), _time_to_reply, (a, b), "fact"))


def _without_law(kind: StageKind, row: Row, pages: tuple[PracticePage, PracticePage]) -> Row:
    """Return the row with the reason where only one of the two can have gone through a stage."""
    if not any(row.cells):
        return row
    reason = (str(WORDS[Fault.NOT_FOR_INSTRUMENT]),)
    first, second = (
        cell or (() if kind in steps_of(page.instrument) else reason) for cell, page in zip(row.cells, pages, strict=True)
    )
    return replace(row, cells=(first, second))


def _stage(kind: str, page: PracticePage) -> Iterable[str]:
    """Yield the day of a stage, and how many days after the one before it came."""
    stages = sorted(page.stages.all(), key=lambda stage: stage.date)
    for position, stage in enumerate(stages):
        if stage.kind == kind:
            yield localdate(stage.date)
            if position:
                days = (stage.date - stages[position - 1].date).days
                words = ngettext("%(days)d day after the stage before", "%(days)d days after the stage before", days)
                yield words % {"days": days}


def _time_to_reply(page: PracticePage) -> Iterable[str]:
    steps = [Step(stage.kind, stage.date) for stage in page.stages.all()]
    filed = min((step.date for step in steps), default=None)
    replied = reply_of(steps)
    if filed and replied:
        days = (replied - filed).days
        yield ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _results(a: PracticePage, b: PracticePage) -> tuple[Row, ...]:
    return (
        _row(_("The authority’s reply"), lambda page: [page.reply], (a, b), "rich"),
        _row(_("Figures of the result"), lambda page: map(str, page.figures.all()), (a, b), "words"),
        _row(_("The result"), lambda page: [page.result], (a, b), "rich"),
        _row(_("Lessons"), lambda page: [page.lessons], (a, b), "rich"),
    )


def _needs(a: PracticePage, b: PracticePage) -> tuple[Row, ...]:
    labels = list(dict.fromkeys(label for page in (a, b) for label, _text in page.needs))
    return tuple(_row(label, partial(_need, label), (a, b), "words") for label in labels)


def _need(label: str, page: PracticePage) -> Iterable[str]:
    return [dict(page.needs).get(label, "")]
