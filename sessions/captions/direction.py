"""Which way a line of a caption runs.

A player gives each line the direction of its first strong character (WebVTT: `unicode-bidi: plaintext`). That is right for a
line of one script, and wrong for an Arabic line that begins with a foreign name: there a mark says the direction.
"""

from __future__ import annotations

import re
import unicodedata

from portal.base.languages import direction
from sessions.captions.payload import MARKS

RLM, LRM = "\u200f", "\u200e"
_LETTERS = {
    "rtl": re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"),
    "ltr": re.compile("[A-Za-z\u00c0-\u058f\u2d30-\u2d7f]"),
}
"""Letters of each direction, as far as the portal's languages and their neighbours go; Tifinagh runs from the left."""

_TAG = re.compile(r"<[^<>]*>|&[a-z]+;")
_LEADING = re.compile(r"^((?:<[^<>]*>|\s)*)")


def directed(payload: str, language: str) -> str:
    """Return cue text whose lines run in the direction of `language`, with a mark only where a player would err.

    A line that has no letter of that direction (a foreign title, an address) keeps its own.
    """
    return "\n".join(_directed_line(line, direction(language)) for line in payload.split("\n"))


def line_direction(text: str, language: str) -> str:
    """Return the direction of plain text in a transcript in `language`: the other one where no letter is of its own."""
    wanted = direction(language)
    other = "ltr" if wanted == "rtl" else "rtl"
    if _LETTERS[wanted].search(text):
        return wanted
    return other if _LETTERS[other].search(text) else wanted


def _directed_line(line: str, wanted: str) -> str:
    lead = _LEADING.match(line)
    start = lead.end() if lead else 0
    rest = MARKS.sub("", line[start:]) if MARKS.match(line[start:]) else line[start:]
    strong = [side for char in _TAG.sub("", rest) if (side := _side(char))]
    needs = bool(strong) and strong[0] != wanted and wanted in strong
    return line[:start] + ((RLM if wanted == "rtl" else LRM) if needs else "") + rest


def _side(char: str) -> str:
    return {"L": "ltr", "R": "rtl", "AL": "rtl"}.get(unicodedata.bidirectional(char), "")
