"""The parts of pages that speak of people's data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.base.components import PortalComponent, register
from portal.people.enums import Purpose
from portal.people.notices import NOTICES


@register("data_notice")
@dataclass(frozen=True)
class DataNotice(PortalComponent):
    """One line at a form on what is done with what it takes, and the way to more.

    `purpose` is one of `Purpose`; `link` is False where another notice of the form has it.
    """

    purpose: str
    link: bool = True

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the words of the notice as it reads now."""
        return {**super().get_context_data(parent_context), "notice": NOTICES[Purpose(self.purpose)]}
