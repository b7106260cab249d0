"""What the evaluations of a session say, as figures: shown from three answers on, so that nobody is recognised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count

from sessions.models import Evaluation

ENOUGH = 3
"""Below so many answers only their number is shown."""

SCALE = (1, 2, 3, 4, 5)
CHART_HEIGHT = 80
CHART_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one answer, and where its bar stands in a chart of `CHART_WIDTH` by `CHART_HEIGHT`."""

    answer: int
    count: int
    percent: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Rating:
    """A question that is answered from 1 to 5, and how it was answered."""

    name: str
    question: str
    mean: float
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is shown of a session's evaluations. `ratings` and `texts` are empty below `ENOUGH` answers."""

    count: int
    ratings: list[Rating]
    texts: list[tuple[str, str]]

    @property
    def enough(self) -> bool:
        """Whether there are answers enough to be shown."""
        return self.count >= ENOUGH


def rows_of(session_key: UUID) -> list[Evaluation]:
    """Return the evaluations of a session in an order that tells nothing of when they came; none below `ENOUGH`."""
    rows = list(Evaluation.objects.filter(session_key=session_key).order_by(*Evaluation.RATINGS, "next_step", "pk"))
    return rows if len(rows) >= ENOUGH else []


def figures_of(session_key: UUID, mirrored: bool = False) -> Figures:
    """Return the figures of a session; texts as pairs of language and words, in alphabetical order.

    `mirrored` draws the charts from the right, for those who read so.
    """
    rows = rows_of(session_key)
    count = len(rows) or Evaluation.objects.filter(session_key=session_key).count()
    ratings = [_rating(name, [getattr(row, name) for row in rows], mirrored) for name in Evaluation.RATINGS] if rows else []
    texts = sorted((row.language, row.next_step) for row in rows if row.next_step)
    return Figures(count, ratings, texts)


def _rating(name: str, answers: list[int], mirrored: bool) -> Rating:
    counts = [answers.count(answer) for answer in SCALE]
    bars = [_bar(place, count, len(answers), max(counts), mirrored) for place, count in enumerate(counts)]
    return Rating(name, question_of(name), sum(answers) / len(answers), bars)


def _bar(place: int, count: int, total: int, highest: int, mirrored: bool) -> Bar:
    height, step = round((CHART_HEIGHT - 16) * count / highest), CHART_WIDTH // len(SCALE)
    x = step * (len(SCALE) - 1 - place if mirrored else place)
    return Bar(SCALE[place], count, round(100 * count / total), x, CHART_HEIGHT - height, height)


def question_of(name: str) -> str:
    """Return the words of the question `name`, in the active language."""
    return str(getattr(Evaluation._meta.get_field(name), "verbose_name", name))


def overview(session_keys: Iterable[UUID]) -> dict[UUID, tuple[int, float | None]]:
    """Return how many evaluated each session, and the mean of all their ratings (None below `ENOUGH`), in one query."""
    means = {name: Avg(name) for name in Evaluation.RATINGS}
    found = Evaluation.objects.filter(session_key__in=list(session_keys)).order_by().values("session_key")
    rows = found.annotate(number=Count("pk"), **means)
    return {row["session_key"]: (row["number"], _mean(row) if row["number"] >= ENOUGH else None) for row in rows}


def _mean(row: Mapping[str, Any]) -> float:
    return float(sum(row[name] for name in Evaluation.RATINGS)) / len(Evaluation.RATINGS)
