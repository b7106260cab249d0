"""Cues to files: WebVTT, SRT, and the transcript as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions.captions.cues import Cue, KeptCue
from sessions.captions.direction import directed
from sessions.captions.timestamps import clock, srt_time, vtt_time


def write_vtt(cues: Iterable[Cue], language: str, notes: Sequence[str] = ()) -> str:
    """Return cues as a WebVTT file whose lines run as `language` does."""
    blocks = ["WEBVTT", *notes, *(_cue(cue, language) for cue in cues)]
    return "\n\n".join(blocks) + "\n"


def _cue(cue: Cue, language: str) -> str:
    times = f"{vtt_time(cue.start)} --> {vtt_time(cue.end)} {cue.settings}".rstrip()
    lines = [cue.identifier, times] if cue.identifier else [times]
    return "\n".join([*lines, directed(cue.payload, language)])


def write_srt(cues: Iterable[KeptCue]) -> str:
    """Return cues as SRT, with the voices as words: players of SRT know no tags for them."""
    blocks = []
    for number, cue in enumerate(cues, 1):
        text = f"{cue['voice']}: {cue['text']}" if cue["voice"] else cue["text"]
        blocks.append(f"{number}\n{srt_time(cue['start'])} --> {srt_time(cue['end'])}\n{text}\n")
    return "\n".join(blocks)


def write_text(cues: Iterable[KeptCue]) -> str:
    """Return the transcript to be read: a line for each cue with its moment, and who speaks where that changes."""
    lines: list[str] = []
    voice = ""
    for cue in cues:
        if cue["voice"] != voice:
            voice = cue["voice"]
            lines += ["", f"{voice}:"] if voice else [""]
        lines.append(f"[{clock(cue['start'])}] {' '.join(cue['text'].split())}")
    return "\n".join(lines).strip() + "\n"


def write_chapters(chapters: Sequence[tuple[float, str]], end: float) -> str:
    """Return chapters (start in seconds, title), in order, as a WebVTT chapters file; the last one ends at `end` or later."""
    blocks = ["WEBVTT"]
    for place, (start, title) in enumerate(chapters):
        stop = chapters[place + 1][0] if place + 1 < len(chapters) else max(end, start + 1)
        words = " ".join(title.replace("-->", "→").split()).replace("&", "&amp;").replace("<", "&lt;")
        blocks.append(f"{vtt_time(start)} --> {vtt_time(max(stop, start + 0.001))}\n{words}")
    return "\n\n".join(blocks) + "\n"
