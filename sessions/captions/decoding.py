"""Bytes of a file to text, whatever wrote them; a guess is told."""

from __future__ import annotations

import codecs

from django.utils.translation import gettext as _

from sessions.captions.cues import Problem

MAX_BYTES = 5 * 1024 * 1024

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ARABIC_SHARE = 0.4


class NotTextError(Exception):
    """A file that is no text, or too large; the message is for the facilitator."""


def decode(content: bytes, language: str = "") -> tuple[str, list[Problem]]:
    """Return the text of a file, with a warning where its encoding was guessed; `language` (of its words) helps the guess.

    UTF-8 is what WebVTT asks for; UTF-16 is known by its mark or its zeros, Windows-1256 (Arabic) and 1252 by their letters.
    Raises NotTextError for more than 5 MB, or what cannot be text.
    """
    if len(content) > MAX_BYTES:
        raise NotTextError(_("The file is larger than 5 MB: captions are much smaller. Is it the right file?"))
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content, encoding), _told(encoding) if encoding == "utf-16" else []
    if encoding := _sixteen_bits(content):
        return _strictly(content, encoding), _told("utf-16")
    if b"\0" in content:
        raise NotTextError(_("The file is not text: it contains zero bytes. Export the captions as WebVTT or SRT."))
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        encoding = _windows(content, language)
        return content.decode(encoding, errors="replace"), _told(encoding)


def _sixteen_bits(content: bytes) -> str:
    """Return the encoding of UTF-16 without a mark: the digits and spaces of its times have a zero on one side."""
    head = content[:400]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 4 * max(even, 1):
        return "utf-16-le"
    return "utf-16-be" if even > 4 * max(odd, 1) else ""


def _windows(content: bytes, language: str) -> str:
    """Return windows-1256 where most letters are beyond ASCII, as in Arabic; else windows-1252."""
    high = sum(byte >= 0xC0 for byte in content)
    low = sum(chr(byte).isalpha() for byte in content if byte < 0x80)
    share = high / max(high + low, 1)
    return "windows-1256" if share > (_ARABIC_SHARE / 2 if language == "ar" else _ARABIC_SHARE) else "windows-1252"


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(_("The file begins like text and is none. Export the captions as WebVTT or SRT.")) from error


def _told(encoding: str) -> list[Problem]:
    words = _("The file is not UTF-8: it was read as %(encoding)s. Look at the letters before you keep it.")
    return [Problem(1, words % {"encoding": encoding.upper()})]
