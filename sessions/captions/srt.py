"""The text of an SRT caption as WebVTT: bold, italics and underlining stay, fonts and positions go."""

from __future__ import annotations

import html
import re

_PLACES = re.compile(r"\{\\[^{}]*\}")
_FONT = re.compile(r"</?font\b[^<>]*>", re.IGNORECASE)
_KEPT = re.compile(r"&lt;(/?)([biu])&gt;", re.IGNORECASE)


def srt_payload(text: str) -> str:
    """Return the text of an SRT caption as WebVTT cue text; signs that mean nothing in SRT are escaped."""
    bare = _FONT.sub("", _PLACES.sub("", text))
    return _KEPT.sub(lambda tag: f"<{tag[1]}{tag[2].lower()}>", html.escape(bare, quote=False))
