"""What is said in a recording, line by line, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.base.languages import direction
from sessions.captions.direction import line_direction
from sessions.captions.timestamps import clock, plain_seconds
from sessions.finding import found_places
from sessions.models import CaptionTrack


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcript. `voice` is said only where it changes; `html` is escaped, with what was found marked.

    `start` and `end` are seconds as scripts read them; `direction` is "" where it is that of the transcript.
    """

    start: str
    end: str
    clock: str
    html: SafeString
    voice: str
    direction: str
    link: str
    now: bool = False
    hidden: bool = False


def lines_of(track: CaptionTrack, *, find: str, address: str, anchor: str, now: float | None) -> Iterable[Line]:
    """Yield the lines of a transcript; those without `find` are hidden.

    Each line leads to `address` with its second, at `anchor`; `now` is the second at which the recording stands.
    """
    voice, base = "", direction(track.language)
    joint = "&" if "?" in address else "?"
    for cue in track.cues:
        start, end, text = cue["start"], cue["end"], cue["text"]
        places = found_places(text, find) if find else []
        spoken, voice = (cue["voice"] if cue["voice"] != voice else ""), cue["voice"]
        own = line_direction(text, track.language)
        yield Line(
            start=plain_seconds(start),
            end=plain_seconds(end),
            clock=clock(start),
            html=_marked(text, places),
            voice=spoken,
            direction=own if own != base else "",
            link=f"{address}{joint}t={plain_seconds(start)}{anchor}",
            now=now is not None and start <= now < end,
            hidden=bool(find) and not places,
        )


def _marked(text: str, places: Sequence[tuple[int, int]]) -> SafeString:
    """Return escaped text with `<mark>` around the given places."""
    if not places:
        return mark_safe(escape(text))
    parts, last = [], 0
    for start, end in places:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*parts, escape(text[last:])]))
