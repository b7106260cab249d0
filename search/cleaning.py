"""Text that can be stored and sent, whatever was typed."""

import re

_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` without control characters and lone surrogates, which neither SQLite nor UTF-8 can hold."""
    return _UNSAFE.sub(" ", text)
