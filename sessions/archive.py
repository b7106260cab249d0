"""The parts of a session's page, and their order: it follows from the clock, so that the page turns into an archive by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.base.languages import current_language
from portal.participation.discussion import Discussion
from portal.vocabulary.models import Axis, Theme
from search.related import Related, related
from sessions.enums import RecordingStatus, SessionState
from sessions.materials import shown_materials
from sessions.models import Recording, SessionPage
from sessions.player import recorded

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its anchor, its heading, its template."""

    id: str
    title: StrPromise
    template: str


PARTS = {
    "recording": Part("recording", _("Recording"), "sessions/_recording.html"),
    "transcript": Part("transcript", _("Transcript"), "sessions/_transcript.html"),
    "key-points": Part("key-points", _("Key points"), "sessions/_key_points.html"),
    "about": Part("about", _("About the session"), "sessions/_about.html"),
    "materials": Part("materials", _("Materials"), "sessions/_materials.html"),
    "speakers": Part("speakers", _("Speakers"), "sessions/_people.html"),
    "related": Part("related", _("Related"), "sessions/_related.html"),
    "questions": Part("questions", _("Questions and answers"), "participation/_questions.html"),
    "discussion": Part("comments", _("Discussion"), "participation/_discussion.html"),
}

_BEFORE = ("about", "speakers", "materials", "questions", "discussion")
_DURING = ("questions", "about", "materials", "speakers", "discussion")
_AFTER = ("recording", "transcript", "key-points", "about", "materials", "questions", "discussion", "related", "speakers")
ORDER: Mapping[str, tuple[str, ...]] = {
    SessionState.TO_COME: _BEFORE,
    SessionState.CANCELLED: _BEFORE,
    SessionState.LIVE: _DURING,
    SessionState.OVER: _AFTER,
    SessionState.RECORDED: _AFTER,
}
LONG = 4
"""Parts from which a page has a list of its contents."""


RELATED_TYPES = ("practice", "session")


def archive_context(page: SessionPage, request: HttpRequest, discussion: Discussion) -> dict[str, Any]:
    """Return what the page of a session shows beside its facts, and in which order."""
    state = page.state
    shown = recorded(page, request) if state in (SessionState.RECORDED, SessionState.OVER) else None
    materials = shown_materials(page)
    themes, axes = list(page.themes.all()), list(page.axes.all())
    others = _related(page, themes, axes) if state in (SessionState.RECORDED, SessionState.OVER) else ()
    has = {
        "recording": shown,
        "transcript": shown and shown.player.track,
        "key-points": page.key_points,
        "about": page.body,
        "materials": materials,
        "speakers": page.speakers,
        "related": others,
        "questions": discussion.questions and (discussion.questions.is_open or discussion.questions.count),
        "discussion": discussion,
    }
    ordered = parts(state, has)
    return {
        "state": state,
        "themes": themes,
        "axes": axes,
        "parts": ordered,
        "contents": ordered if len(ordered) >= LONG else [],
        "recorded": shown,
        "materials": materials,
        "questions_elsewhere": True,
        "related": others,
        "prepared": state == SessionState.OVER and is_prepared(page),
    }


def is_prepared(page: SessionPage) -> bool:
    """Tell whether a recording of the session is on its way to the public."""
    coming = (RecordingStatus.WAITING, RecordingStatus.PROCESSING)
    return Recording.objects.filter(session_key=page.translation_key, live=True, status__in=coming).exists()


def _related(page: SessionPage, themes: Sequence[Theme], axes: Sequence[Axis]) -> tuple[Related, ...]:
    found = {"theme": [theme.slug for theme in themes], "axis": [axis.slug for axis in axes]}
    facets = {name: values for name, values in found.items() if values}
    return related(str(page.translation_key), facets, language=current_language(), types=RELATED_TYPES)


def parts(state: str, has: Mapping[str, Any]) -> list[Part]:
    """Return the parts of a page whose session is in `state`, in order, without those that `has` says are empty."""
    return [PARTS[name] for name in ORDER[state] if has.get(name)]
