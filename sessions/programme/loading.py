"""The programme read from the database: ten queries however long it is, rows of values and no instances of models."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from portal.base.components import tone_of
from portal.base.dates import localdate
from portal.base.languages import preference
from portal.base.memory import remembered
from portal.vocabulary.models import Theme
from sessions.enums import SessionKind, SessionState, SessionStatus, SpokenLanguage
from sessions.models import Recording, Room, SessionPage, SessionSpeaker, SlotVersion, Speaker, WorkshopPage
from sessions.programme.entries import Clockwork, Entry
from sessions.programme.slots import state_at
from sessions.stars import code_of

COLUMNS = (
    "pk",
    "translation_key",
    "slug",
    "title",
    "summary",
    "kind",
    "starts_at",
    "ends_at",
    "room_id",
    "spoken_language",
    "status",
    "status_note",
    "illustrative",
)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Announced:
    """Where and when a session was announced before it was moved, in the workshop's zone."""

    starts: datetime.datetime
    ends: datetime.datetime
    room_pk: int | None


@dataclass(slots=True)
class Related:
    """What hangs on the sessions: by page, by session (`translation_key`) or by itself."""

    recordings: dict[uuid.UUID, float]  # seconds of the first take, 0 where that is not known
    announced: dict[uuid.UUID, list[Announced]]
    rooms: dict[int | None, str] = field(default_factory=dict)  # in their order
    room_slugs: dict[int | None, str] = field(default_factory=dict)
    speakers: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))  # page: slugs
    speaker_names: dict[str, str] = field(default_factory=dict)
    themes: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    theme_names: dict[str, str] = field(default_factory=dict)


def read_entries(
    workshop: WorkshopPage, now: datetime.datetime, clockwork: Clockwork, suffix: str = ""
) -> tuple[list[Entry], dict[str, dict[str, str]], dict[int | None, str]]:
    """Return the published sessions in their order, every filter's values with their labels, and the rooms' names.

    `suffix` is put behind the sessions' addresses.
    """
    rows, related = remembered(("programme", workshop.pk, get_language()), lambda: _read(workshop, clockwork.zone))
    maker = _EntryMaker(workshop, related, now, clockwork, suffix)
    order = {pk: place for place, pk in enumerate(related.rooms)}
    entries = [maker.entry(row) for row in rows]
    entries.sort(key=lambda entry: (entry.starts, entry.ends, order.get(entry.room_pk, -1)))
    return entries, _universe(entries, related), related.rooms


def _read(workshop: WorkshopPage, zone: datetime.tzinfo) -> tuple[Sequence[Mapping[str, Any]], Related]:
    rows = list(SessionPage.objects.child_of(workshop).published().in_order().values(*COLUMNS))
    return rows, _read_related([row["pk"] for row in rows], zone)


def _read_related(pages: Sequence[int], zone: datetime.tzinfo) -> Related:
    names = [f"name_{language}" for language in preference(get_language())]
    related = Related(_read_recordings(), _read_announced(zone))
    for pk, slug, *words in Room.objects.values_list("pk", "slug", *names):
        related.rooms[pk], related.room_slugs[pk] = _first(words), slug
    speakers = {pk: (slug, _first(words)) for pk, slug, *words in Speaker.objects.order_by().values_list("pk", "slug", *names)}
    spoken = SessionSpeaker.objects.filter(page__in=pages).order_by("sort_order", "pk").values_list("page_id", "speaker_id")
    for page, speaker in spoken:
        slug, name = speakers[speaker]
        related.speakers[page].append(slug)
        related.speaker_names[slug] = name
    themes = {pk: (slug, _first(words)) for pk, slug, *words in Theme.objects.values_list("pk", "slug", *names)}
    for page, theme in SessionPage.themes.through.objects.filter(sessionpage__in=pages).values_list("sessionpage_id", "theme_id"):
        related.themes[page].append(themes[theme][0])
    related.theme_names.update(themes.values())
    return related


def _read_recordings() -> dict[uuid.UUID, float]:
    found: dict[uuid.UUID, float] = {}
    for key, seconds in Recording.objects.public().order_by("order", "pk").values_list("session_key", "duration"):
        found.setdefault(key, seconds or 0)
    return found


def _read_announced(zone: datetime.tzinfo) -> dict[uuid.UUID, list[Announced]]:
    """Return the announced slots, the latest last, of the sessions whose slot changed since it was first announced."""
    changed = SlotVersion.objects.filter(sequence__gt=0).values("session_key")
    versions = SlotVersion.objects.filter(session_key__in=changed).order_by("sequence")
    found: dict[uuid.UUID, list[Announced]] = defaultdict(list)
    for key, starts, ends, room in versions.values_list("session_key", "starts_at", "ends_at", "room_id"):
        found[key].append(Announced(starts.astimezone(zone), ends.astimezone(zone), room))
    return found


def _first(words: Iterable[str]) -> str:
    return next(filter(None, words), "")


class _EntryMaker:
    """Makes rows into entries; every word and link that repeats is made once."""

    def __init__(
        self, workshop: WorkshopPage, related: Related, now: datetime.datetime, clockwork: Clockwork, suffix: str
    ) -> None:
        self.related, self.now, self.clockwork, self.suffix = related, now, clockwork, suffix
        self.base = workshop.get_url() or "/"
        self.zone = clockwork.zone
        self.illustrative = workshop.illustrative  # then the page says so once
        self.kinds = {kind.value: escape(str(kind.label)) for kind in SessionKind}
        self.states = {state: _state_texts(state) for state in SessionState}
        self.languages = {one.value: escape(capfirst(str(one.label))) for one in SpokenLanguage}
        self.rooms = {pk: escape(name) for pk, name in related.rooms.items()}
        self.separator = escape(gettext(", "))
        self.speaker_links = {
            slug: f'<a class="speaker" href="{escape(self.base)}speakers/{slug}/"><bdi>{escape(name)}</bdi></a>'
            for slug, name in related.speaker_names.items()
        }

    def entry(self, row: Mapping[str, Any]) -> Entry:
        """Return a row of `COLUMNS` as an entry."""
        starts, ends = row["starts_at"].astimezone(self.zone), row["ends_at"].astimezone(self.zone)
        seconds = self.related.recordings.get(row["translation_key"])
        state = state_at(self.now, starts, ends, row["status"])
        if state == SessionState.OVER and seconds is not None:
            state = SessionState.RECORDED
        speakers = self.related.speakers.get(row["pk"], ())
        hours = self.clockwork.hours(starts, ends)
        return Entry(
            key=str(row["translation_key"]),
            url=f"{self.base}{row['slug']}/{self.suffix}",
            title=row["title"],
            starts=starts,
            ends=ends,
            hours=hours,
            state=state,
            room=self.related.rooms.get(row["room_id"], ""),
            room_pk=row["room_id"],
            note=row["status_note"],
            values=self._values(row, starts, speakers, seconds is not None),
            texts={
                **hours.texts,
                **self.states[state],
                **self._words(row),
                "room": self.rooms.get(row["room_id"], ""),
                "speakers": self.separator.join([self.speaker_links[slug] for slug in speakers]),
                "change": self._change(row, starts, ends),
                "length": self._length(seconds),
            },
        )

    def _words(self, row: Mapping[str, Any]) -> dict[str, str]:
        return {
            "key": str(row["translation_key"]),
            "code": code_of(row["translation_key"]),
            "url": escape(f"{self.base}{row['slug']}/{self.suffix}"),
            "title": escape(row["title"]),
            "summary": escape(row["summary"]),
            "note": escape(row["status_note"]),
            "kind": self.kinds[row["kind"]],
            "language": self.languages[row["spoken_language"]],
            "illustrative": "illustrative" if row["illustrative"] and not self.illustrative else "",
        }

    def _values(self, row: Mapping[str, Any], starts: datetime.datetime, speakers: Sequence[str], recorded: bool) -> Any:
        slug = self.related.room_slugs.get(row["room_id"])
        return {
            "day": (starts.date().isoformat(),),
            "theme": self.related.themes.get(row["pk"], ()),
            "kind": (row["kind"],),
            "language": (row["spoken_language"],),
            "speaker": speakers,
            "room": (slug,) if slug else (),
            "recording": ("yes",) if recorded else (),
        }

    def _length(self, seconds: float | None) -> str:
        return gettext("Recording: %d min") % max(1, round(seconds / _MINUTE)) if seconds else ""

    def _change(self, row: Mapping[str, Any], starts: datetime.datetime, ends: datetime.datetime) -> str:
        """Return "moved from … to …" where the session was last announced elsewhere; what did not change is not repeated."""
        versions = self.related.announced.get(row["translation_key"])
        if not versions or row["status"] == SessionStatus.CANCELLED:
            return ""
        now = Announced(starts, ends, row["room_id"])
        before = next((one for one in reversed(versions) if one != now), None)
        if before is None:
            return ""
        old, new = escape(self._slot(before, now)), escape(self._slot(now, before))
        return escape(gettext("Moved from %(old)s to %(new)s")) % {"old": f"<del>{old}</del>", "new": f"<ins>{new}</ins>"}

    def _slot(self, slot: Announced, other: Announced) -> str:
        """Return a slot in words: what tells it from `other`."""
        parts = [localdate(slot.starts, "day")] if slot.starts.date() != other.starts.date() else []
        if (slot.starts, slot.ends) != (other.starts, other.ends):
            parts.append(f"{slot.starts:%H:%M} – {slot.ends:%H:%M}")
        if slot.room_pk != other.room_pk:
            parts.append(self.related.rooms.get(slot.room_pk, "") or gettext("no room"))
        return gettext(", ").join(parts)


def _state_texts(state: SessionState) -> dict[str, str]:
    cancelled = "cancelled" if state == SessionState.CANCELLED else ""
    return {"state": state.value, "state_label": escape(str(state.label)), "tone": tone_of(state), "cancelled": cancelled}


def _universe(entries: Sequence[Entry], related: Related) -> dict[str, dict[str, str]]:
    """Return the values of every filter in the order in which they are offered, with their labels."""
    speakers = sorted(related.speaker_names.items(), key=lambda pair: pair[1])
    return {
        "day": {entry.values["day"][0]: localdate(entry.starts, "day") for entry in entries},
        "theme": related.theme_names,
        "kind": {kind.value: str(kind.label) for kind in SessionKind},
        "language": {one.value: capfirst(str(one.label)) for one in SpokenLanguage},
        "speaker": dict(speakers),
        "room": {related.room_slugs[pk]: name for pk, name in related.rooms.items()},
        "recording": {"yes": gettext("With a recording")},
    }
