"""The programme as a page shows it: what a reader asked for, by day, as a list or a grid, at this moment."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from babel.dates import get_timezone_location
from django.http import QueryDict
from django.utils.translation import get_language, gettext

from portal.base import clock
from portal.base.dates import cldr_locale
from portal.base.memory import remembered
from sessions.models import WorkshopPage
from sessions.programme.entries import Clockwork, Entry, Pause, ProgrammeDay, by_day
from sessions.programme.filters import Asked, Filter, kept
from sessions.programme.grid import Grid, table
from sessions.programme.loading import read_entries
from sessions.programme.standing import Standing, standing

OFFERED_ZONES = (
    "Africa/Casablanca",
    "Africa/Abidjan",
    "Africa/Algiers",
    "Africa/Cairo",
    "Africa/Dakar",
    "Africa/Tunis",
    "America/New_York",
    "America/Toronto",
    "Asia/Dubai",
    "Asia/Riyadh",
    "Europe/Amsterdam",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Istanbul",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Rome",
)
"""Where Morocco's associations have readers; every other name of a zone is taken from the address, too."""


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything that the page of the programme shows."""

    asked: Asked
    entries: Sequence[Entry]  # all
    shown: Sequence[Entry]  # those that the filters leave
    days: Sequence[ProgrammeDay]
    grids: Sequence[Grid]  # of these days, where the grid is asked for
    filters: Sequence[Filter]
    standing: Standing
    zones: Sequence[tuple[str, str]]

    @property
    def filtered(self) -> bool:
        """Whether a filter is in use."""
        return any(one.chosen for one in self.filters)

    @property
    def own_hours_differ(self) -> bool:
        """Whether the reader's own time zone was asked for and has other hours than the workshop's."""
        return any(entry.hours.own for entry in self.entries)

    @property
    def is_plain(self) -> bool:
        """Whether the address asks for nothing: the form that search engines keep."""
        return self.asked.link() == "?"

    @property
    def all_days(self) -> list[datetime.date]:
        """The days of the workshop, filtered or not."""
        return list(dict.fromkeys(entry.starts.date() for entry in self.entries))

    @property
    def links(self) -> dict[str, str]:
        """Where the parts of the page lead, with the same question otherwise."""
        link = self.asked.link
        return {
            "same": link(),
            "list": link(view=None),
            "grid": link(view="grid"),
            "all": link(**dict.fromkeys(one.name for one in self.filters)),
            "recorded": link(**{**dict.fromkeys(one.name for one in self.filters), "recording": "yes"}),
        }


def programme_of(workshop: WorkshopPage, data: QueryDict) -> Programme:
    """Return the programme of `workshop` as the address with the parameters `data` asks for it."""
    zone, language = workshop.zone, get_language()
    now = clock.now().astimezone(zone)
    asked = Asked(data, _labels())
    clockwork = Clockwork(zone, asked.zone)
    entries, universe, rooms = read_entries(workshop, now, clockwork, suffix=_suffix(data))
    clock.changes_at(*(moment for entry in entries for moment in (entry.starts, entry.ends)))
    filters = asked.filters(entries, universe)
    shown = kept(entries, filters)
    numbers = {date: number for number, date in enumerate(sorted({entry.starts.date() for entry in entries}), 1)}
    pauses = _pauses(workshop, clockwork, {entry.starts.date() for entry in shown}) if _whole_days(filters) else []
    days = by_day([*shown, *pauses], numbers, now)
    columns = {None: gettext("All participants") if rooms else gettext("Sessions"), **rooms}
    grids = [table(day, columns) for day in days] if asked.view == "grid" else []
    zones = _zones(language, asked.zone_name)
    return Programme(asked, entries, shown, days, grids, filters, standing(entries, now), zones)


def _labels() -> dict[str, str]:
    return {
        "day": gettext("Day"),
        "theme": gettext("Theme"),
        "kind": gettext("Kind"),
        "language": gettext("Spoken language"),
        "speaker": gettext("Speaker"),
        "room": gettext("Room"),
        "recording": gettext("Recording"),
    }


def _suffix(data: QueryDict) -> str:
    """Return what keeps a previewed moment in the links to sessions (`portal.base.middleware`)."""
    if not data.get("at"):
        return ""
    question = QueryDict(mutable=True)
    question.setlist("at", data.getlist("at")[-1:])
    return f"?{question.urlencode()}"


def _whole_days(filters: Sequence[Filter]) -> bool:
    """Tell whether days are shown whole, with their breaks: filtered by nothing but the day."""
    return not any(one.chosen for one in filters if one.name != "day")


def _pauses(workshop: WorkshopPage, clockwork: Clockwork, dates: set[datetime.date]) -> list[Pause]:
    found = []
    for one in remembered(("breaks", workshop.pk), lambda: list(workshop.breaks.all())):
        starts, ends = one.starts_at.astimezone(clockwork.zone), one.ends_at.astimezone(clockwork.zone)
        if starts.date() in dates:
            texts = {**clockwork.hours(starts, ends).texts, "pause": escape(one.title)}
            found.append(Pause(one.title, starts, ends, texts))
    return found


def _zones(language: str | None, chosen: str) -> list[tuple[str, str]]:
    """Return the time zones to choose from, by the name of their city; the chosen one is always among them."""
    offered = _offered_zones(language)
    if chosen and chosen not in dict(offered):
        return [(chosen, _city(chosen, language)), *offered]
    return list(offered)


@lru_cache(maxsize=8)
def _offered_zones(language: str | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((name, _city(name, language)) for name in OFFERED_ZONES), key=lambda pair: pair[1]))


def _city(zone: str, language: str | None) -> str:
    return get_timezone_location(zone, locale=cldr_locale(language), return_city=True)
