"""WebVTT and SRT to cues, block by block, with errors that name their line.

https://www.w3.org/TR/webvtt1/#file-structure ; SRT has no standard: what SubRip and its heirs write is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from sessions.captions.cues import Cue, Parsed, Problem
from sessions.captions.payload import read_payload
from sessions.captions.srt import srt_payload
from sessions.captions.timestamps import LONGEST, clock

MAX_CUES = 10_000
MAX_TEXT = 2_000
"""Characters of one caption."""
MAX_TOLD = 50
"""Problems of one kind that are told; more are counted."""
MAX_READ = 2_000
"""Problems after which a file is not read on."""

ARROW = "-->"
_TIMES = re.compile(r"[ \t]*(\S+)[ \t]*-->[ \t]*(\S+)(?:[ \t]+(.*))?")
_TIME = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})([.,])([0-9]{1,3})")
_SETTING = re.compile(
    r"vertical:(?:rl|lr)|line:-?[0-9]{1,3}(?:\.[0-9]+)?%?(?:,(?:start|center|end))?|size:[0-9]{1,3}(?:\.[0-9]+)?%"
    r"|position:[0-9]{1,3}(?:\.[0-9]+)?%(?:,(?:line-left|center|line-right))?|align:(?:start|center|end|left|right)"
)
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LAST_TWO = 2


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that no empty line parts; `line` is the number of the first."""

    line: int
    lines: list[str]


def parse(text: str, duration: float | None = None) -> Parsed:
    """Return the cues of WebVTT or SRT, with all that is wrong in words of the active language. Any text is accepted.

    `duration` (seconds of the recording, where it is known) is only compared. Cues come in order of time.
    """
    parsed = Parsed()
    lines = _clean_lines(text.removeprefix("\ufeff"), parsed)
    blocks = list(_blocks(lines))
    if not blocks:
        parsed.errors.append(Problem(1, _("The file is empty.")))
        return parsed
    is_vtt = _is_vtt(blocks[0].lines[0]) if blocks[0].line == 1 else False
    if is_vtt:
        head = blocks[0]
        blocks = [_Block(head.line + 1, head.lines[1:]), *blocks[1:]] if any(ARROW in one for one in head.lines) else blocks[1:]
    elif not _looks_like_srt(blocks):
        parsed.errors.append(Problem(1, _("The first line must be WEBVTT (or the file an SRT, which begins with 1).")))
        return parsed
    for block in blocks:
        _read_block(block, parsed, is_srt=not is_vtt)
        if len(parsed.errors) + len(parsed.warnings) > MAX_READ:
            break
        if len(parsed.cues) > MAX_CUES:
            parsed.errors.append(Problem(block.line, _("There are more than %(number)s captions.") % {"number": MAX_CUES}))
            break
    _compare(parsed, duration)
    if not parsed.cues and not parsed.errors:
        parsed.errors.append(Problem(1, _("There is no caption in the file.")))
    parsed.errors, parsed.warnings = _told(parsed.errors), _told(parsed.warnings)
    return parsed


def _clean_lines(text: str, parsed: Parsed) -> list[str]:
    lines = _LINE_ENDS.split(text)
    for number, line in enumerate(lines, 1):
        if _OVERRIDES.search(line):
            lines[number - 1] = line = _OVERRIDES.sub("", line)
            words = _("Invisible characters that force a direction were left out: the portal gives each line its own.")
            parsed.warnings.append(Problem(number, words))
        if not line.isprintable() and any(unicodedata.category(char) in ("Cc", "Cs") and char != "\t" for char in line):
            lines[number - 1] = "".join(char for char in line if char == "\t" or unicodedata.category(char) not in ("Cc", "Cs"))
            parsed.errors.append(
                Problem(number, _("The line holds characters that are no text (a zero, a control or half a letter)."))
            )
    return lines


def _is_vtt(first: str) -> bool:
    return first == "WEBVTT" or first.startswith(("WEBVTT ", "WEBVTT\t"))


def _looks_like_srt(blocks: list[_Block]) -> bool:
    head = blocks[0].lines[:_LAST_TWO]
    return (head[0].strip().isdecimal() and len(head) > 1 and ARROW in head[1]) or (ARROW in head[0] and "," in head[0])


def _blocks(lines: list[str]) -> Iterator[_Block]:
    kept: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            kept.append(line)
        elif kept:
            yield _Block(number - len(kept), kept)
            kept = []


def _read_block(block: _Block, parsed: Parsed, *, is_srt: bool) -> None:
    place = next((place for place, line in enumerate(block.lines) if ARROW in line), None)
    if place is None:
        return _read_other(block, parsed)
    if place > 1:
        words = _("A time stands within text: an empty line is missing before it.")
        parsed.errors.append(Problem(block.line + place, words))
        return None
    again = next((other for other in range(place + 1, len(block.lines)) if ARROW in block.lines[other]), None)
    if again is not None:
        parsed.errors.append(Problem(block.line + again, _("A time stands within text: an empty line is missing before it.")))
        return None
    identifier = block.lines[0].strip() if place and not is_srt else ""
    return _read_cue(block, place, identifier, parsed, is_srt=is_srt)


def _read_other(block: _Block, parsed: Parsed) -> None:
    """Read a block without times: a note is kept, style and regions are left out, anything else is an error."""
    first = block.lines[0] if block.lines else "NOTE"
    if first == "NOTE" or first.startswith(("NOTE ", "NOTE\t")):
        if block.lines:
            parsed.notes.append("\n".join(block.lines))
    elif first.rstrip() in ("STYLE", "REGION"):
        words = _("The block %(name)s was left out: readers choose how captions look.")
        parsed.warnings.append(Problem(block.line, words % {"name": first.rstrip()}))
    else:
        parsed.errors.append(Problem(block.line, _("There is text without a time before it.")))


def _read_cue(block: _Block, place: int, identifier: str, parsed: Parsed, *, is_srt: bool) -> None:
    line = block.line + place
    found = _TIMES.fullmatch(block.lines[place])
    if found is None:
        parsed.errors.append(Problem(line, _("A time is written 00:01:23.450 --> 00:01:25.000.")))
        return
    start, end = (_seconds(written, line, parsed, is_srt=is_srt) for written in found.groups()[:2])
    if start is None or end is None:
        return
    if end <= start:
        parsed.errors.append(Problem(line, _("The caption ends before it begins, or at once.")))
        return
    raw = "\n".join(block.lines[place + 1 :])
    if len(raw) > MAX_TEXT:
        words = _("The caption is longer than %(number)s characters: cut it into several.")
        parsed.errors.append(Problem(line + 1, words % {"number": MAX_TEXT}))
        return
    payload = read_payload(srt_payload(raw) if is_srt else raw, start, end)
    parsed.warnings.extend(Problem(line + 1, words) for words in payload.dropped)
    if not payload.text:
        parsed.warnings.append(Problem(line, _("The caption has no text: it was left out.")))
        return
    settings = "" if is_srt else _settings(found[3] or "", line, parsed)
    parsed.cues.append(Cue(start, end, payload.written, payload.text, payload.voice, identifier, settings, line))


def _seconds(written: str, line: int, parsed: Parsed, *, is_srt: bool) -> float | None:
    """Return the seconds of a written time, or None after saying what is wrong with it."""
    found = _TIME.fullmatch(written)
    wrong = ""
    if written.startswith(("-", "−")):
        wrong = _("“%(time)s” is before the beginning of the recording.")
    elif found is None:
        wrong = _("“%(time)s” is no time: write 00:01:23.450.")
    elif int(found[2]) > 59 or int(found[3]) > 59:
        wrong = _("“%(time)s”: minutes and seconds go up to 59.")
    elif not is_srt and (found[4] == "," or [*map(len, found.group(2, 3, 5))] != [2, 2, 3]):
        wrong = _("“%(time)s”: WebVTT writes two digits each, a point, and three digits: 00:01:23.450.")
    if wrong or found is None:
        parsed.errors.append(Problem(line, wrong % {"time": written[:30]}))
        return None
    seconds = 3600 * int(found[1] or 0) + 60 * int(found[2]) + int(found[3]) + int(found[5].ljust(3, "0")) / 1000
    if seconds >= LONGEST:
        parsed.errors.append(Problem(line, _("“%(time)s” is after 100 hours.") % {"time": written[:30]}))
        return None
    return seconds


def _settings(written: str, line: int, parsed: Parsed) -> str:
    given = written.split()
    kept = [one for one in given if _SETTING.fullmatch(one)]
    if len(kept) < len(given):
        unknown = " ".join(one for one in given if one not in kept)[:60]
        parsed.warnings.append(Problem(line, _("“%(settings)s” was left out.") % {"settings": unknown}))
    return " ".join(kept)


def _compare(parsed: Parsed, duration: float | None) -> None:
    """Put cues in order of time, and say where they were not, overlap, or go beyond the end."""
    ordered = sorted(parsed.cues, key=lambda cue: (cue.start, cue.end))
    for before, cue in pairwise(parsed.cues):
        if cue.start < before.start:
            words = _("The caption comes before the one above it: captions were put in order.")
            parsed.warnings.append(Problem(cue.line, words))
    for before, cue in pairwise(ordered):
        if cue.start < before.end:
            words = _("The caption begins before the one at line %(line)s has ended.")
            parsed.warnings.append(Problem(cue.line, words % {"line": before.line}))
    if duration:
        for cue in ordered:
            if cue.start >= duration:
                words = _("The caption comes after the end of the recording (%(end)s).")
                parsed.warnings.append(Problem(cue.line, words % {"end": clock(duration)}))
    parsed.cues = ordered


def _told(problems: list[Problem]) -> list[Problem]:
    """Return the first problems in the order of their lines, and how many more there are."""
    ordered = sorted(problems)
    if len(ordered) <= MAX_TOLD:
        return ordered
    more = _("… and %(number)s more.") % {"number": len(ordered) - MAX_TOLD}
    return [*ordered[:MAX_TOLD], Problem(ordered[MAX_TOLD].line, more)]
