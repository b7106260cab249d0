"""Bytes of caption files, whatever wrote them."""

import pytest

from sessions.captions import MAX_BYTES, decode
from sessions.captions.decoding import NotTextError

ARABIC, FRENCH = "1\n00:00:01,000 --> 00:00:02,000\nمرحبا بكم في الورشة\n", "1\n00:00:01,000 --> 00:00:02,000\nOù est l’été ?\n"


@pytest.mark.parametrize("text", [ARABIC, FRENCH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_needs_no_word(text, encoding):
    assert decode(text.encode(encoding)) == (text, [])


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (ARABIC, "utf-16", "UTF-16"),
        (ARABIC, "utf-16-le", "UTF-16"),
        (FRENCH, "utf-16-be", "UTF-16"),
        (ARABIC, "windows-1256", "WINDOWS-1256"),
        (FRENCH, "windows-1252", "WINDOWS-1252"),
    ],
)
def test_a_guess_is_told(text, encoding, told):
    decoded, problems = decode(text.encode(encoding))
    assert decoded == text
    assert told in problems[0].message


@pytest.mark.parametrize("content", [bytes(range(256)) * 4, b"x" * (MAX_BYTES + 1), b"\xff\xfeabc", b"abc\0def" + b"x" * 500])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(NotTextError):
        decode(content)
