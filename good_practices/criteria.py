"""The criteria on which a practice is assessed, in words that everybody can read before and after (0: not at all, 3: fully)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

HIGHEST = 3


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question to a practice: the field of `Assessment`, its name, the question, and what 0, 1, 2 and 3 mean."""

    field: str
    label: Any
    question: Any
    levels: tuple[Any, Any, Any, Any]

    @property
    def numbered(self) -> Sequence[tuple[int, Any]]:
        """The levels with their numbers."""
        return list(enumerate(self.levels))


CRITERIA = (
    Criterion(
        "transferable",
        _("Transferable"),
        _("Could another association do the same elsewhere?"),
        (
            _("It hangs on persons or chances of the place."),
            _("Possible elsewhere, but how it was done is not told."),
            _("The steps and the means are told; some have to be adapted."),
            _("Others have what they need to start, texts and documents too, or have already done it."),
        ),
    ),
    Criterion(
        "sustained",
        _("Sustained"),
        _("Does what was obtained last?"),
        (
            _("It ended with the event, or nothing is known of it."),
            _("It lasts as long as the persons who carried it."),
            _("Somebody is in charge of it, for a time that is known."),
            _("A decision, a convention or a line of the budget keeps it."),
        ),
    ),
    Criterion(
        "includes_women",
        _("Inclusive of women"),
        _("Did women take part, and does it serve them?"),
        (
            _("Women are not mentioned, or were left out."),
            _("Women were informed or consulted."),
            _("Women helped to decide on the claim and its follow-up."),
            _("Women led it, or the result answers a need they expressed, and this is shown."),
        ),
    ),
    Criterion(
        "includes_youth",
        _("Inclusive of youth"),
        _("Did young people take part, and does it serve them?"),
        (
            _("Young people are not mentioned, or were left out."),
            _("Young people were informed or consulted."),
            _("Young people helped to decide on the claim and its follow-up."),
            _("Young people led it, or the result answers a need they expressed, and this is shown."),
        ),
    ),
    Criterion(
        "measured",
        _("Measured"),
        _("Is it known what changed?"),
        (
            _("No result is told."),
            _("The result is told, without figures or proof."),
            _("There are figures or documents on the result."),
            _("There are figures from before and after, with their source."),
        ),
    ),
)
