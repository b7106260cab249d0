"""What people type, made safe to keep and to show."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = {"\u200c", "\u200d"}  # they shape Arabic letters
_BLANK_LETTERS = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}  # letters and signs by category, blank to the eye
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_MARKS_AT_ONCE = 3
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^«»“”]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?…،؛؟"
_BRACKETS = {")": "(", "]": "["}
_ADDRESS_SHOWN = 80
_LOOKED_AT = 500
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = {"R", "AL"}, {"L"}


def clean_text(text: str) -> str:
    """Return `text` in Unicode form NFC without control, bidi-override or other invisible characters; line ends become LF.

    Of the marks heaped on one letter, three stay: vowelled Arabic and Vietnamese have no more, and lines keep their height.
    """
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    kept = (char for char in lines if char == "\n" or char in _JOINERS or unicodedata.category(char) not in _INVISIBLE)
    return "".join(_few_marks(unicodedata.normalize("NFC", "".join(kept)))).strip()


def clean_prose(text: str) -> str:
    """Return `text` cleaned, with one blank line at most between paragraphs; "" where nothing can be read in it."""
    cleaned = _BLANK_LINES.sub("\n\n", clean_text(text))
    return cleaned if any(_is_seen(char) for char in cleaned) else ""


def _few_marks(text: str) -> Iterator[str]:
    run = 0
    for char in text:
        marking = char >= "\u0300" and unicodedata.category(char) in ("Mn", "Me")
        run = run + 1 if marking else 0
        if run <= _MARKS_AT_ONCE:
            yield char


def _is_seen(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS" and char not in _BLANK_LETTERS


def without_addresses(text: str) -> str:
    """Return `text` without its http and https addresses, which are in no language."""
    return _ADDRESS.sub("", text)


def direction_of(text: str) -> str:
    """Return `rtl` or `ltr`: the direction of most of the letters of `text`; `auto` where it has none (HTML `dir`).

    Addresses say nothing of it.
    """
    kinds = [unicodedata.bidirectional(char) for char in without_addresses(text[:_LOOKED_AT])]
    right, left = (sum(kind in of for kind in kinds) for of in (_RIGHT_TO_LEFT, _LEFT_TO_RIGHT))
    if right == left == 0:
        return "auto"
    return "rtl" if right >= left else "ltr"


def prose(text: str) -> SafeString:
    """Return plain text as HTML: escaped, in paragraphs, with its http and https addresses linked as its readers' own (`ugc`)."""
    paragraphs = re.split(r"\n{2,}", text.strip())
    return format_html_join("\n", "<p>{}</p>", ((_lines(paragraph),) for paragraph in paragraphs if paragraph))


def _lines(paragraph: str) -> SafeString:
    pieces, last = [], 0
    for found in _ADDRESS.finditer(paragraph):
        address = _without_what_follows(found.group())
        if _is_address(address):
            pieces += [escape(paragraph[last : found.start()]), _link(address)]
            last = found.start() + len(address)
    pieces.append(escape(paragraph[last:]))
    return mark_safe("".join(pieces).replace("\n", "<br>"))


def _without_what_follows(address: str) -> str:
    """Leave the full stop of the sentence, and the bracket that was opened before the address, outside of it."""
    while address:
        last = address[-1]
        opening = _BRACKETS.get(last)
        if last not in _AFTER_ADDRESS and not (opening and address.count(opening) < address.count(last)):
            break
        address = address[:-1]
    return address


def _is_address(address: str) -> bool:
    """Tell whether it can be linked; who hides the host behind a name of a user (`https://bank@elsewhere`) gets no link."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def _link(address: str) -> SafeString:
    shown = address if len(address) <= _ADDRESS_SHOWN else f"{address[: _ADDRESS_SHOWN - 1]}…"
    return format_html('<a href="{}" rel="ugc nofollow noopener" dir="ltr">{}</a>', address, shown)


def writable(text: str) -> str:
    """Return `text` without the characters that XML 1.0 (section 2.2) and iCalendar (RFC 5545, 3.1) cannot carry."""
    return _UNWRITABLE.sub("", text)


_UNWRITABLE = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def spreadsheet_safe(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and never obeys it as a formula (CWE-1236)."""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")) or text[:1] in ("\t", "\r", "\n") else text
