"""The moments of a recording where what was asked is said."""

from search.documents import Variant
from search.highlight import Highlighter
from search.results import Moment

MAX_MOMENTS = 3
APART = 20.0
"""Seconds: two moments nearer than this are one."""


def best_moments(variant: Variant, highlighter: Highlighter, limit: int = MAX_MOMENTS) -> tuple[Moment, ...]:
    """Return the moments with most of the question's words, in the order in which they are said."""
    scored = []
    for cue in variant.cues:
        found, text = highlighter.answer(cue.text, variant.language)
        if found:
            scored.append((-found, cue.start, Moment(cue.start, text, cue.url)))
    scored.sort(key=lambda one: one[:2])
    chosen: list[Moment] = []
    for _score, _start, moment in scored:
        if len(chosen) < limit and all(abs(moment.start - other.start) >= APART for other in chosen):
            chosen.append(moment)
    return tuple(sorted(chosen, key=lambda moment: moment.start))
