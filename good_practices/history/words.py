"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = 3000
"""Longer texts are not compared word by word: the time grows with the square of their length."""


class Piece(NamedTuple):
    """A stretch of text. `kind`: same, out (it was there) or new."""

    kind: str
    text: str


def word_changes(before: str, after: str) -> list[Piece]:
    """Return how `before` became `after`: what stayed, what went, what came, in the order of reading."""
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return [Piece(kind, text) for kind, text in (("out", before), ("new", after)) if text]
    pieces: list[Piece] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(old[old_start:old_end])))
            continue
        for kind, words in (("out", old[old_start:old_end]), ("new", new[new_start:new_end])):
            if words:
                pieces.append(Piece(kind, " ".join(words)))
    return pieces


def _words(text: str) -> list[str]:
    return re.findall(r"\S+", text)
