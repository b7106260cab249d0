"""What participants write, made safe without being changed."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from portal.participation.domain import TAG_LENGTH, TAGS_AT_ONCE, clean_text, split_tags


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  مرحبا  ", "مرحبا"),
        ("abc\u202edef\u202c", "abcdef"),
        ("\u2066a\u2069\u200f\u200eb\u061c", "ab"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("nu\x00l\x07 \x1b[31m", "nul [31m"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ه\u200d", "ه\u200d"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("soft\u00adhyphen", "softhyphen"),
        ("<b>stays</b> & stays", "<b>stays</b> & stays"),
        ("\u202e\u200b\x00", ""),
    ],
)
def test_clean_text(written, kept):
    assert clean_text(written) == kept


def test_clean_text_composes_letters():
    assert clean_text(unicodedata.normalize("NFD", "Aménagé")) == unicodedata.normalize("NFC", "Aménagé")


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("ماء، نقل مدرسي", ["ماء", "نقل مدرسي"]),
        ("eau, route", ["eau", "route"]),
        ("eau; route؛ماء\nécole", ["eau", "route", "ماء", "école"]),
        ("#eau, ##route", ["eau", "route"]),
        ("eau,,  eau ,eau\u200b", ["eau"]),
        ("deux    mots", ["deux mots"]),
        ("eau\u202e", ["eau"]),
        ("2024", ["2024"]),
        (",".join(f"t{number}" for number in range(TAGS_AT_ONCE)), [f"t{number}" for number in range(TAGS_AT_ONCE)]),
        ("x" * TAG_LENGTH, ["x" * TAG_LENGTH]),
    ],
)
def test_split_tags(written, tags):
    assert split_tags(written) == tags


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ، , ; ",
        "\u200b,\u202e",
        "###",
        "!!!",
        "<b>gras</b>",
        "eau, a>b",
        "x" * (TAG_LENGTH + 1),
        ",".join(f"t{number}" for number in range(TAGS_AT_ONCE + 1)),
    ],
)
def test_split_tags_refuses(written):
    with pytest.raises(ValidationError):
        split_tags(written)
