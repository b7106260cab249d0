"""The programme and its recordings in the words of schema.org, as JSON-LD for the pages' own readers among machines."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext

from portal.base.languages import locale_code
from sessions.announced import illustrative_words
from sessions.enums import RenditionKind, SessionStatus
from sessions.models import Recording, Rendition, SessionPage, SlotVersion, WorkshopPage

Thing = dict[str, Any]

TRANSCRIPT_CHARACTERS = 600
_ONLINE = "https://schema.org/OnlineEventAttendanceMode"
_CONTENT = (RenditionKind.VIDEO_720, RenditionKind.VIDEO_360, RenditionKind.AUDIO)
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def script(thing: Thing) -> SafeString:
    """Return a thing as a data block for a page. Nothing in it can end the element or be read as markup."""
    data = json.dumps({"@context": "https://schema.org", **thing}, ensure_ascii=False, separators=(",", ":"))
    safe = data.translate(_ESCAPES).encode(errors="replace").decode()
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')


def workshop_thing(workshop: WorkshopPage, base: str) -> Thing:
    """Return the workshop as an Event with its sessions as parts. `base` is the site's address without a slash at its end."""
    home = workshop.get_url() or "/"
    fields = ("translation_key", "slug", "title", "summary", "starts_at", "ends_at", "status", "spoken_language", "illustrative")
    rows = list(SessionPage.objects.child_of(workshop).published().in_order().values(*fields)) if workshop.pk else []
    earlier = _earlier_starts([row["translation_key"] for row in rows])
    parts = [_event(row, f"{base}{home}{row['slug']}/", workshop, earlier.get(row["translation_key"], [])) for row in rows]
    language = locale_code(workshop.locale_id)
    return _without_empty(
        {
            "@type": "Event",
            "@id": f"{base}{home}",
            "name": workshop.title,
            "description": workshop.summary,
            "url": f"{base}{home}",
            "inLanguage": language,
            "startDate": parts[0]["startDate"] if parts else None,
            "endDate": max((part["endDate"] for part in parts), default=None),
            "eventAttendanceMode": _ONLINE,
            "eventStatus": "https://schema.org/EventScheduled",
            "location": {"@type": "VirtualLocation", "url": f"{base}{home}"},
            "organizer": _organiser(base, language),
            "isAccessibleForFree": True,
            "subEvent": parts,
        }
    )


def session_thing(page: SessionPage, workshop: WorkshopPage, base: str) -> Thing:
    """Return a session as an Event, with who speaks in it and what was recorded of it."""
    fields = ("title", "summary", "starts_at", "ends_at", "status", "spoken_language", "illustrative")
    url = f"{base}{page.get_url() or '/'}"
    earlier = _earlier_starts([page.translation_key]).get(page.translation_key, [])
    event = _event({name: getattr(page, name) for name in fields}, url, workshop, earlier)
    speakers = [
        _without_empty({"@type": "Person", "name": speaker.name, "jobTitle": speaker.role, "description": speaker.bio})
        for speaker in page.speakers
    ]
    language = locale_code(page.locale_id)
    return _without_empty(
        {
            **event,
            "@id": url,
            "organizer": _organiser(base, language),
            "performer": speakers,
            "superEvent": {"@type": "Event", "@id": f"{base}{workshop.get_url()}", "name": workshop.title},
            "about": [theme.name for theme in page.themes.all()],
            "recordedIn": [media_thing(recording, page, base) for recording in page.recordings],
        }
    )


def media_thing(recording: Recording, page: SessionPage, base: str) -> Thing:
    """Return a public recording as a VideoObject, or an AudioObject where there is no picture."""
    files = {rendition.kind: rendition for rendition in recording.renditions.all()}
    best = next((files[kind] for kind in _CONTENT if kind in files), None)
    url = f"{base}{page.get_url() or '/'}"
    invented = gettext("Illustrative recording, made to show how the portal works.")
    is_video = best.kind != RenditionKind.AUDIO if best else recording.has_video
    return _without_empty(
        {
            "@type": "VideoObject" if is_video else "AudioObject",
            "name": f"{page.title} – {recording.label}" if recording.label else page.title,
            "description": page.summary or page.title,
            "disambiguatingDescription": invented if recording.illustrative or page.illustrative else None,
            "url": url,
            "contentUrl": _file_url(best, base) if best else recording.external_url,
            "encodingFormat": best.content_type if best else None,
            "contentSize": f"{best.size} B" if best else None,
            "thumbnailUrl": _file_url(files[RenditionKind.POSTER], base) if RenditionKind.POSTER in files else None,
            "uploadDate": recording.created_at.isoformat(),
            "duration": iso_duration(recording.duration) if recording.duration else None,
            "inLanguage": recording.spoken_language,
            "transcript": _transcript(recording, locale_code(page.locale_id)),
            "hasPart": _clips(recording, url),
        }
    )


def iso_duration(seconds: float) -> str:
    """Return a length as ISO 8601 has it: 3,723.4 seconds are PT1H2M3S."""
    whole = round(seconds)
    parts = ((whole // 3600, "H"), (whole // 60 % 60, "M"), (whole % 60, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def _event(facts: Mapping[str, Any], url: str, workshop: WorkshopPage, earlier: Sequence[datetime.datetime]) -> Thing:
    starts, ends = (facts[name].astimezone(workshop.zone) for name in ("starts_at", "ends_at"))
    before = next((moment for moment in reversed(earlier) if moment != facts["starts_at"]), None)
    status = "EventScheduled"
    if facts["status"] == SessionStatus.CANCELLED:
        status = "EventCancelled"
    elif before:
        status = "EventRescheduled"
    return _without_empty(
        {
            "@type": "Event",
            "name": facts["title"],
            "description": facts["summary"],
            "disambiguatingDescription": illustrative_words() if facts["illustrative"] else None,
            "url": url,
            "inLanguage": facts["spoken_language"],
            "startDate": starts.isoformat(),
            "endDate": ends.isoformat(),
            "previousStartDate": before.astimezone(workshop.zone).isoformat() if before else None,
            "eventAttendanceMode": _ONLINE,
            "eventStatus": f"https://schema.org/{status}",
            "location": {"@type": "VirtualLocation", "url": url},
        }
    )


def _earlier_starts(keys: Iterable[UUID]) -> dict[UUID, list[datetime.datetime]]:
    """Return when sessions were announced to start, each time that it changed, the first announcement first."""
    found: dict[UUID, list[datetime.datetime]] = {}
    versions = SlotVersion.objects.filter(session_key__in=list(keys)).order_by("session_key", "sequence")
    for key, starts_at in versions.values_list("session_key", "starts_at"):
        found.setdefault(key, []).append(starts_at)
    return found


def _organiser(base: str, language: str) -> Thing:
    return {"@type": "Organization", "name": gettext("Moucharaka Mouwatina"), "url": f"{base}/{language}/"}


def _transcript(recording: Recording, language: str) -> str:
    tracks = {track.language: track for track in recording.tracks.all()}
    track = tracks.get(language) or tracks.get(recording.spoken_language) or next(iter(tracks.values()), None)
    text = " ".join(str(cue.get("text", "")) for cue in track.cues[:100]) if track else ""
    return Truncator(text).chars(TRANSCRIPT_CHARACTERS)


def _clips(recording: Recording, url: str) -> list[Thing]:
    chapters = list(recording.chapters.all())
    ends = [*(chapter.start for chapter in chapters), recording.duration or 0.0][1:]
    return [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": int(chapter.start),
            "endOffset": max(int(end), int(chapter.start) + 1),
            "url": f"{url}?t={int(chapter.start)}",
        }
        for chapter, end in zip(chapters, ends, strict=True)
    ]


def _file_url(rendition: Rendition, base: str) -> str:
    url = str(rendition.file.url)
    return f"{base}{url}" if url.startswith("/") else url


def _without_empty(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in (None, "", [])}
