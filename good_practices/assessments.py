"""What peers and experts find of a practice, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from good_practices.criteria import CRITERIA, Criterion
from good_practices.models import Assessment


@dataclass(frozen=True, slots=True)
class Score:
    """The mean on one criterion (0 to 3; None where nobody judged it), and how many judged it."""

    criterion: Criterion
    mean: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Findings:
    """The public assessments of a practice, the newest first, and their mean on each criterion."""

    assessments: tuple[Assessment, ...]
    scores: tuple[Score, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.assessments)

    @property
    def illustrative(self) -> bool:
        """Whether one of them is invented."""
        return any(one.illustrative for one in self.assessments)


def findings_on(practice_key: UUID) -> Findings:
    """Return what the public assessments of a practice say, in one query."""
    found = tuple(Assessment.objects.filter(practice_key=practice_key, public=True).select_related("assessor", "organisation"))
    return Findings(found, tuple(_score(criterion, found) for criterion in CRITERIA))


def _score(criterion: Criterion, found: Sequence[Assessment]) -> Score:
    values = [value for one in found if (value := getattr(one, criterion.field)) is not None]
    return Score(criterion, round(sum(values) / len(values), 1) if values else None, len(values))
