"""What people type, made safe to keep and to show."""

import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = {"\u200c", "\u200d"}  # they shape Arabic letters


def clean_text(text: str) -> str:
    """Return `text` in Unicode form NFC without control, bidi-override or other invisible characters; line ends become LF."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (char for char in lines if char == "\n" or char in _JOINERS or unicodedata.category(char) not in _INVISIBLE)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def writable(text: str) -> str:
    """Return `text` without the characters that XML 1.0 (section 2.2) and iCalendar (RFC 5545, 3.1) cannot carry."""
    return _UNWRITABLE.sub("", text)


_UNWRITABLE = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def spreadsheet_safe(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and never obeys it as a formula (CWE-1236)."""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")) or text[:1] in ("\t", "\r", "\n") else text
