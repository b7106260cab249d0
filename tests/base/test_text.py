"""What people type, made safe without being changed."""

import unicodedata

import pytest

from portal.base.text import clean_prose, clean_text, direction_of, prose, spreadsheet_safe, writable


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


def test_few_marks_are_heaped_on_a_letter():
    assert clean_text("Z" + "\u0323" * 40 + "a") == "\u1e92" + "\u0323" * 3 + "a"
    assert clean_text("مُدَرِّسَةٌ") == unicodedata.normalize("NFC", "مُدَرِّسَةٌ")


def test_tabs_and_other_line_ends_stay_spaces_and_line_ends():
    assert clean_text("a\tb\x85c\u2028d\u2029e") == "a b\nc\nd\ne"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\n\n\n \n\nb", "a\n\nb"),
        ("a\nb", "a\nb"),
        ("\n" * 4000, ""),
        ("\u200d\u200c", ""),
        ("\u3164\u2800\u115f", ""),
        ("\u0301\u0301", ""),
        ("👍", "👍"),
        ("؟", "؟"),
    ],
)
def test_clean_prose(written, kept):
    assert clean_prose(written) == kept


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("مرحبا", "rtl"),
        ("Bonjour", "ltr"),
        ("PDF: تقرير الجماعة", "rtl"),
        ("Le mot ماء", "ltr"),
        ("123", "auto"),
        ("نص https://example.org/a/long/way", "rtl"),
    ],
)
def test_direction_is_that_of_most_letters(text, way):
    assert direction_of(text) == way


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb\n\nc", "<p>a<br>b</p>\n<p>c</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("javascript:alert(1) data:text/html,x", "<p>javascript:alert(1) data:text/html,x</p>"),
        ("https://bank.example@evil.example/", "<p>https://bank.example@evil.example/</p>"),
        ("http://[::1", "<p>http://[::1</p>"),
        ("https:///x", "<p>https:///x</p>"),
        ("", ""),
    ],
)
def test_prose(text, html):
    assert prose(text) == html


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("https://a.example/b?c=1&d=2", "https://a.example/b?c=1&amp;d=2", ""),
        ("(https://a.example/b).", "https://a.example/b", ")."),
        ("https://a.example/b_(c)", "https://a.example/b_(c)", ""),
        ("انظر https://a.example/ب، ثم", "https://a.example/ب", "، ثم"),
        ('https://a.example/"onmouseover="x', "https://a.example/", "&quot;onmouseover=&quot;x"),
        ("HTTP://A.EXAMPLE", "HTTP://A.EXAMPLE", ""),
    ],
)
def test_addresses_are_linked_as_their_writers_own(text, address, after):
    assert f'<a href="{address}" rel="ugc nofollow noopener" dir="ltr">{address}</a>{after}</p>' in prose(text)


def test_a_long_address_is_shown_cut_and_leads_on():
    address = "https://a.example/" + "x" * 3000
    assert f'href="{address}"' in prose(address)
    assert f">{address}<" not in prose(address)
