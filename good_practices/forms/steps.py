"""The steps in their order, how complete a contribution is, and the whole of it checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from good_practices.forms.contributing import (
    ClaimForm,
    PlaceForm,
    ProblemForm,
    RepeatForm,
    ResultForm,
    StepForm,
)
from good_practices.forms.contribution_stages import StagesForm
from good_practices.forms.fields import radio
from good_practices.models import Contribution

STEPS: dict[str, type[StepForm]] = {
    "problem": ProblemForm,
    "place": PlaceForm,
    "claim": ClaimForm,
    "stages": StagesForm,
    "result": ResultForm,
    "repeat": RepeatForm,
}
FILES, SEND = "files", "send"
HEADINGS: dict[str, Any] = {
    **{slug: form.heading for slug, form in STEPS.items()},
    FILES: _("Files"),
    SEND: _("Read again and send"),
}
"""Every step by its place in the address, in order."""

STEP_OF = {name: slug for slug, form in STEPS.items() for name in form.base_fields} | {"stages": "stages"}

_WEIGHTS: tuple[tuple[str, int, Any], ...] = (
    ("title", 8, _("a title")),
    ("problem", 14, _("the problem")),
    ("summary", 6, _("a summary")),
    ("themes", 5, _("the themes")),
    ("territory", 10, _("the place")),
    ("instrument", 8, _("the means")),
    ("authority_place", 5, _("the council addressed")),
    ("action", 10, _("what was done")),
    ("stages", 8, _("dated stages")),
    ("outcome", 5, _("where it stands")),
    ("reply", 5, _("the authority’s reply")),
    ("result", 7, _("what changed")),
    ("lessons", 4, _("what you learnt")),
    ("needed_people", 2, _("the people it takes")),
)
_FILES_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much there is, in percent, and what is worth adding: pairs of step and words, the weightiest first."""

    percent: int
    missing: list[tuple[str, Any]]


def completeness(kept: Mapping[str, Any], files: int) -> Completeness:
    """Return how complete what was kept is, whether it is right or not."""
    absent = [(weight, STEP_OF[name], words) for name, weight, words in _WEIGHTS if not kept.get(name)]
    if not files:
        absent.append((_FILES_WEIGHT, FILES, _("a file that proves it")))
    absent.sort(key=lambda one: -one[0])
    return Completeness(100 - sum(one[0] for one in absent), [(step, words) for _weight, step, words in absent])


class SendForm(forms.Form):
    """What is agreed to at the end: the name to thank, and the licence."""

    credit_as = radio([], label=_("Who is thanked on the page?"))
    agreed = forms.BooleanField(
        label=_("What I write may be published under the Creative Commons Attribution 4.0 licence, and I may say it."),
        error_messages={"required": _("Without your agreement it cannot be published.")},
    )

    def __init__(self, contribution: Contribution, proposal: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        association = proposal.get("organisation") or proposal.get("organisation_name") or ""
        self.names = {"me": contribution.contributor.display_name, "association": str(association), "nobody": ""}
        choices = [("me", self.names["me"]), ("nobody", _("Nobody: publish it without a name"))]
        if association:
            choices.insert(1, ("association", str(association)))
        self.fields["credit_as"].choices = choices  # type: ignore[attr-defined]

    def credit(self) -> str:
        """Return the name to thank."""
        return self.names[self.cleaned_data["credit_as"]][:200]


def check(contribution: Contribution) -> tuple[dict[str, Any], list[tuple[str, StepForm]]]:
    """Return everything that was written, checked, and the steps in which something is wrong."""
    proposal: dict[str, Any] = {}
    wrong = []
    for slug, step in STEPS.items():
        form = step.filled(contribution)
        if not form.is_valid():
            wrong.append((slug, form))
        proposal |= form.cleaned_data
    return proposal, wrong
