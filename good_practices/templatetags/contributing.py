"""What the pages of a contribution show beside its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from good_practices.enums import ContributionState

register = template.Library()

_TONES = {
    ContributionState.SUBMITTED: "info",
    ContributionState.RETURNED: "warn",
    ContributionState.PUBLISHED: "good",
    ContributionState.DECLINED: "bad",
}


@register.filter
def of(known: Mapping[str, Any], name: str) -> Any:
    """Return what there is of `name`; None where there is nothing."""
    return known.get(name)


@register.filter
def contribution_tone(state: str) -> str:
    """Return the tone in which the state of a contribution is shown."""
    return _TONES.get(ContributionState(state), "neutral")
