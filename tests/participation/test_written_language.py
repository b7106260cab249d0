"""In which language somebody has written."""

import pytest

from portal.participation.written_language import language_of


@pytest.mark.parametrize(
    ("text", "reader", "language"),
    [
        ("تجربة مفيدة جدا", "fr", "ar"),
        ("قرأت le rapport في الموقع الرسمي للجماعة", "fr", "ar"),
        ("Nous avons fait la même chose dans notre commune", "ar", "fr"),
        ("We did the same thing in our town", "ar", "en"),
        ("We did the same thing in our town", "fr", "en"),
        ("Très utile", "en", "fr"),
        ("شكرا https://example.org/a/long/way", "fr", "ar"),
        ("bravo", "en", "en"),
        ("bravo", "fr", "fr"),
        ("bravo", "ar", "fr"),
        ("👍 100", "fr", "fr"),
        ("👍 100", "ar", "ar"),
        ("", "ar", "ar"),
        ("x" * 100_000, "ar", "fr"),
    ],
)
def test_language_of(text, reader, language):
    assert language_of(text, reader) == language
