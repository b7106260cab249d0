"""What people type, made safe without being changed."""

import unicodedata

import pytest

from portal.base.text import clean_text, spreadsheet_safe, writable


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


def test_what_xml_and_calendars_cannot_carry_is_left_out():
    assert writable("a\x00\x0b\x1b\x7f\x85b\ud800\uffff\tج\n😀") == "ab\tج\n😀"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_a_spreadsheet_obeys_nothing(formula):
    assert spreadsheet_safe(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["", "كلام", "1 = 1", "3"])
def test_a_spreadsheet_shows_other_text_as_it_is(text):
    assert spreadsheet_safe(text) == text
