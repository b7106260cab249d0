"""The announced programme as plain rows, for everything that machines read: calendars, schedules, linked data.

No model is made: a constant number of queries brings tuples, whatever the programme's length.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext

from portal.base.languages import locale_code, preference
from portal.base.richtext import stored_text
from sessions.enums import SessionKind, SessionStatus
from sessions.models import SessionMaterial, SessionPage, SessionSpeaker, SlotVersion, WorkshopPage

Row = tuple[Any, ...]
Names = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks, in the words of one language."""

    pk: int
    slug: str
    name: str
    bio: str


@dataclass(frozen=True, slots=True)
class Material:
    """Something to read: `url` is absolute, or begins with a slash."""

    title: str
    url: str
    is_file: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A virtual room, in the words of one language."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Announced:
    """A session as it is announced in one language. `starts` and `ends` are in the workshop's zone, `path` is its address."""

    pk: int
    key: UUID
    language: str
    slug: str
    path: str
    title: str
    summary: str
    body: str
    kind: str
    starts: datetime.datetime
    ends: datetime.datetime
    room: Place | None
    spoken_language: str
    cancelled: bool
    note: str
    illustrative: bool
    sequence: int
    changed: datetime.datetime
    people: tuple[Person, ...]
    themes: tuple[tuple[str, str], ...]
    materials: tuple[Material, ...]


def announced(
    workshops: Sequence[WorkshopPage], language: str, *, keys: Collection[UUID] | None = None, speaker: int | None = None
) -> list[Announced]:
    """Return the published sessions of `workshops`, the earliest first.

    Each is there once: in `language`, else in the reader's next best.
    `keys` keeps those with these translation keys, `speaker` those in which the speaker of this id speaks.
    """
    found = _sessions(workshops, keys, speaker)
    rows = _once_each(found.values_list(*_FIELDS), language)
    # A whole programme is named by its place in the tree: sixty ids in a query cost more than the query.
    whole = keys is None and speaker is None and len(workshops) == 1
    which = ("path__startswith", workshops[0].path) if whole else ("in", [row[0] for row in rows])
    versions = {key: (sequence, changed_at) for key, sequence, changed_at in _versions()}
    people, themes, materials = (_by_first(query(*which)) for query in (_people, _themes, _materials))
    parents = {workshop.locale_id: (workshop.zone, workshop.get_url() or "/") for workshop in workshops}
    kinds = {kind: str(kind.label) for kind in SessionKind}
    return [
        _session(row, parents[row[2]], versions.get(row[1]), people[row[0]], themes[row[0]], materials[row[0]], kinds)
        for row in rows
    ]


def _names(field: str) -> tuple[str, str, str]:
    return (f"{field}_ar", f"{field}_fr", f"{field}_en")


_FIELDS = (
    *("pk", "translation_key", "locale_id", "slug", "title", "summary", "raw_body", "kind", "starts_at", "ends_at", "room__slug"),
    *("spoken_language", "status", "status_note", "illustrative", "last_published_at"),
    *_names("room__name"),
)


def _sessions(workshops: Sequence[WorkshopPage], keys: Collection[UUID] | None, speaker: int | None) -> QuerySet:
    if not workshops:
        return SessionPage.objects.none()
    below = reduce(or_, (Q(path__startswith=workshop.path, depth=workshop.depth + 1) for workshop in workshops))
    found = SessionPage.objects.filter(below).published().in_order()
    if keys is not None:
        found = found.filter(translation_key__in=keys)
    if speaker is not None:
        found = found.filter(session_speakers__speaker_id=speaker)
    return found.annotate(raw_body=Cast("body", TextField()))


def _once_each(rows: Iterable[Row], language: str) -> list[Row]:
    """Return the rows in their order, for each translation key the one that a reader of `language` is served."""
    order = {code: rank for rank, code in enumerate(preference(language))}
    all_rows = list(rows)
    best: dict[UUID, Row] = {}
    for row in sorted(all_rows, key=lambda row: order.get(locale_code(row[2]), len(order))):
        best.setdefault(row[1], row)
    return [row for row in all_rows if best[row[1]] is row]


class _Groups(dict[Any, list[Row]]):
    def __missing__(self, key: Any) -> list[Row]:
        return []


def _by_first(rows: Iterable[Row]) -> _Groups:
    """Return rows that are in order of their first column, by that column."""
    return _Groups((first, list(group)) for first, group in groupby(rows, key=lambda row: row[0]))


def _versions() -> QuerySet[Any, Row]:
    """Return the changes of announced slots, the last one of a session last; a session that never changed has none."""
    changed = SlotVersion.objects.filter(sequence__gt=0).order_by("session_key", "sequence")
    return changed.values_list("session_key", "sequence", "changed_at")


def _people(lookup: str, value: Any) -> QuerySet[Any, Row]:
    words = (name for field in ("name", "bio") for name in _names(f"speaker__{field}"))
    fields = ("page_id", "speaker_id", "speaker__slug", *words)
    return (
        SessionSpeaker.objects.filter(**{f"page__{lookup}": value}).order_by("page_id", "sort_order", "pk").values_list(*fields)
    )


def _themes(lookup: str, value: Any) -> QuerySet[Any, Row]:
    found = SessionPage.themes.through._default_manager.filter(**{f"sessionpage__{lookup}": value}).order_by(
        "sessionpage_id", "pk"
    )
    return found.values_list("sessionpage_id", "theme__slug", *_names("theme__name"))


def _materials(lookup: str, value: Any) -> QuerySet[Any, Row]:
    found = SessionMaterial.objects.filter(**{f"page__{lookup}": value}).order_by("page_id", "sort_order", "pk")
    return found.values_list("page_id", "title", "link", "document_id", "document__file")


def _session(
    row: Row,
    parent: tuple[zoneinfo.ZoneInfo, str],
    version: tuple[int, datetime.datetime] | None,
    people: Sequence[Row],
    themes: Sequence[Row],
    materials: Sequence[Row],
    kinds: Mapping[SessionKind, str],
) -> Announced:
    pk, key, locale_id, slug, title, summary, body, kind, starts, ends, room, spoken, status, note, illustrative, at = row[:-3]
    zone, home = parent
    words = _Words(locale_code(locale_id))
    moments = [moment for moment in (at, version[1] if version else None) if moment]
    return Announced(
        pk=pk,
        key=key,
        language=words.language,
        slug=slug,
        path=f"{home}{slug}/",
        title=title,
        summary=summary,
        body=stored_text(body or ""),
        kind=kinds[SessionKind(kind)],
        starts=starts.astimezone(zone),
        ends=ends.astimezone(zone),
        room=Place(room, words.first(row[-3:])) if room else None,
        spoken_language=spoken,
        cancelled=status == SessionStatus.CANCELLED,
        note=note,
        illustrative=illustrative,
        sequence=version[0] if version else 0,
        changed=max(moments, default=starts),
        people=tuple(Person(one[1], one[2], *map(words.first, (one[3:6], one[6:9]))) for one in people),
        themes=tuple((theme[1], words.first(theme[2:])) for theme in themes),
        materials=tuple(_material(*material[1:]) for material in materials),
    )


class _Words:
    """Chooses among what is written in Arabic, French and English, as `in_language` does."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._order = tuple(("ar", "fr", "en").index(code) for code in preference(language))

    def first(self, words: Sequence[str]) -> str:
        """Return the words in the language, else the first of the other languages."""
        return next((words[place] for place in self._order if words[place]), "")


def _material(title: str, link: str, document_id: int | None, file: str | None) -> Material:
    if document_id is None:
        return Material(title, link, is_file=False)
    name = (file or "").rpartition("/")[2]
    return Material(title, reverse("wagtaildocs_serve", args=[document_id, name]), is_file=True)


def last_change(sessions: Iterable[Announced]) -> datetime.datetime | None:
    """Return when a session was last published or moved; None where there is none."""
    return max((session.changed for session in sessions), default=None)


def illustrative_words() -> str:
    """Return what is said of a session whose time and speakers are invented, in the active language."""
    words = gettext("The subject is the programme’s own; the time and the speakers are invented.")
    return f"{gettext('Illustrative example')}: {words}"


def workshops_of(language: str | None = None) -> list[WorkshopPage]:
    """Return the published workshops with what addresses and hours need, in `language` or in all."""
    found = WorkshopPage.objects.live().public().order_by("pk").select_related("locale")
    return list(found.filter(locale__language_code=language) if language else found)
