"""The text of one cue: WebVTT's cue text tokens read, only the known ones kept, and the same in plain words.

https://www.w3.org/TR/webvtt1/#webvtt-cue-text-parsing-rules
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

TAGS = frozenset({"c", "i", "b", "u", "ruby", "rt", "v", "lang"})

_TOKEN = re.compile(r"<([^<>]*)>|<")
_NAME = re.compile(r"(/?)([a-zA-Z0-9]*)((?:\.[^\s.<>&]+)*)(?:[ \t\n]+(.*))?", re.DOTALL)
_TIME = re.compile(r"(?:([0-9]{2,3}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})")
_SPACE = re.compile(r"[ \t]+")
_NAMELESS = re.compile(r"&(?!(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")
MARKS = re.compile("[\u200e\u200f\u061c]")
"""Direction marks, which writing puts where they are needed."""


@dataclass(slots=True)
class Payload:
    """The checked text of a cue, its plain words, who speaks first, and what was left out of it."""

    written: str = ""
    text: str = ""
    voice: str = ""
    dropped: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    start: float
    end: float
    parts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    voices: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    last: float = -1.0

    def say(self, text: str) -> None:
        """Add text as it stands between tags."""
        self.parts.append(_NAMELESS.sub("&amp;", text).replace("-->", "--&gt;").replace(">", "&gt;"))
        self.words.append(html.unescape(text))

    def drop(self, token: str) -> None:
        self.dropped.append(_("“%(tag)s” is no tag of WebVTT: it was left out.") % {"tag": token[:40]})

    def tag(self, inside: str) -> None:
        """Add a tag, or leave it out with a word on it."""
        if moment := _TIME.fullmatch(inside):
            return self.timestamp(moment)
        found = _NAME.fullmatch(inside)
        name = found[2].lower() if found else ""
        if not found or name not in TAGS:
            return self.drop(f"<{inside}>")
        if found[1]:
            return self.close(name)
        return self.begin(name, found[3] or "", _SPACE.sub(" ", html.unescape(found[4] or "").replace("\n", " ")).strip())

    def begin(self, name: str, classes: str, note: str) -> None:
        if name in ("v", "lang") and not note:
            self.dropped.append(_("“<%(tag)s>” says nobody and nothing: it was left out.") % {"tag": name})
            return
        if name == "v":
            self.voice(note)
        elif name == "rt":
            self.words.append("(")
        escaped = html.escape(note, quote=False)
        self.parts.append(f"<{name}{classes} {escaped}>" if name in ("v", "lang") else f"<{name}{classes}>")
        self.open.append(name)

    def voice(self, name: str) -> None:
        while "v" in self.open:  # a voice ends where the next begins
            self.close(self.open[-1])
        if self.voices and self.voices[-1] != name:
            self.words.append(f" {name}: ")
        self.voices.append(name)

    def close(self, name: str) -> None:
        if name not in self.open:
            return self.drop(f"</{name}>")
        while self.open:
            inner = self.open.pop()
            self.parts.append(f"</{inner}>")
            if inner == "rt":
                self.words.append(")")
            if inner == name:
                return None
        return None

    def timestamp(self, found: re.Match[str]) -> None:
        hours, minutes, seconds, thousandths = (int(part or 0) for part in found.groups())
        moment = 3600 * hours + 60 * minutes + seconds + thousandths / 1000
        if not self.start < moment < self.end or moment <= self.last:
            words = _("The time %(time)s within the text is not within its caption: it was left out.")
            self.dropped.append(words % {"time": found[0]})
            return
        self.last = moment
        self.parts.append(f"<{found[0]}>")


def read_payload(text: str, start: float, end: float) -> Payload:
    """Return the text of a cue that lasts from `start` to `end` (seconds), cleaned."""
    reading = _Reading(start, end)
    place = 0
    for token in _TOKEN.finditer(text):
        reading.say(text[place : token.start()])
        place = token.end()
        if token[1] is None:
            reading.parts.append("&lt;")
            reading.words.append("<")
        else:
            reading.tag(token[1])
    reading.say(text[place:])
    while reading.open:
        reading.close(reading.open[-1])
    lines = (_SPACE.sub(" ", line).strip() for line in MARKS.sub("", "".join(reading.words)).split("\n"))
    return Payload(
        "".join(reading.parts), "\n".join(filter(None, lines)), reading.voices[0] if reading.voices else "", reading.dropped
    )
