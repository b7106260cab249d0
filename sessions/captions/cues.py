"""The values of this package: cues, and what is wrong with a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict


class KeptCue(TypedDict):
    """A cue as `CaptionTrack.cues` keeps it: seconds, plain text, and who speaks ("" where nobody is named)."""

    start: float
    end: float
    text: str
    voice: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: seconds, its WebVTT text (`payload`, checked tags only), the same in plain words, and who speaks."""

    start: float
    end: float
    payload: str
    text: str
    voice: str = ""
    identifier: str = ""
    settings: str = ""
    line: int = 0  # of its times, in the file it was read from

    def kept(self) -> KeptCue:
        """Return the cue as it is stored for pages and search."""
        return {"start": self.start, "end": self.end, "text": self.text, "voice": self.voice}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something to tell about a line (from 1), in the active language."""

    line: int
    message: str


@dataclass(slots=True)
class Parsed:
    """What was read: cues in order of time, the notes of the file, what forbids keeping it, and what was changed or is odd."""

    cues: list[Cue] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
