"""The encoding of a text, found in its bytes: all of them, so that no letter is lost far from the beginning."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

LOST = "\ufffd"
"""What stands where bytes mean no letter."""
_PLANES = b"\x00\x06\x20"
"""What the higher bytes of Latin and Arabic letters and of punctuation are."""
_BLOCK = 1 << 20
_SAMPLE = 300_000
_LETTERS = bytes(one if one >= 0xC0 else 0x20 for one in range(256))
_ARABIC_RUN = 3
_ARTICLE = {"cp1256": b"\xc7\xe1", "iso8859_6": b"\xc7\xe4"}
"""The Arabic article in the two code pages that have it."""


def encoding_of(path: Path) -> tuple[str, bool]:
    """Return the encoding of a text, and whether every byte of it is known to have a meaning in it."""
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
        if wide := _wide(start):
            return wide, True
        stream.seek(0)
        before, broken = _until_no_utf8(stream)
    if not broken:
        return "utf-8-sig", True
    text = broken.decode("utf-8", errors="replace")
    letters = sum(char > "\x7f" for char in text) - text.count(LOST)
    if letters > 4 * text.count(LOST):
        return "utf-8-sig", False
    return _legacy(before[-_SAMPLE:] + broken), False


def _wide(start: bytes) -> str:
    """Return which UTF-16 it is; "" for none."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for name, half in (("utf-16-le", start[1:2000:2]), ("utf-16-be", start[0:2000:2])):
        if b"\0" in half and sum(byte in _PLANES for byte in half) * 10 > 9 * len(half):
            return name
    return ""


def _until_no_utf8(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Return the block before the first bytes that are no UTF-8, and what begins with that block; b"" where all are."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = b""
    while block := stream.read(_BLOCK):
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            return before, block
        before = block
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return b"", before
    return before, b""


def _legacy(data: bytes) -> str:
    """Choose between the pages of Arabic and French: Arabic words are runs of high bytes, French has single ones."""
    runs = [len(run) for run in data.translate(_LETTERS).split() if run]
    long = sum(length >= _ARABIC_RUN for length in runs)
    if runs and (long * 20 > len(runs) or sum(runs) / len(runs) >= 2):
        return max(_ARTICLE, key=lambda name: data.count(_ARTICLE[name]))
    best = from_bytes(data[:_SAMPLE], cp_isolation=["cp1252", "cp1256", "mac_roman"]).best()
    return best.encoding if best else "cp1252"
