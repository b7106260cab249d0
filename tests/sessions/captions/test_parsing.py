"""Captions read: what is kept, and where every error is."""

import pytest
from django.utils import translation

from sessions.captions import MAX_CUES, parse


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def vtt(body):
    return parse(f"WEBVTT\n\n{body}")


def cue(text):
    parsed = vtt(f"00:01.000 --> 00:09.000\n{text}")
    assert parsed.errors == []
    return parsed.cues[0]


def test_times_text_voice_identifier_settings_and_notes():
    parsed = parse(
        "\ufeffWEBVTT - title\r\n\r\nNOTE by hand\r\n\r\n"
        "first\r\n01:00:01.500 --> 01:00:03.000 align:start\r\n<v زينب>مرحبا\r\nبكم"
    )
    one = parsed.cues[0]
    assert (one.start, one.end, one.text, one.voice) == (3601.5, 3603.0, "مرحبا\nبكم", "زينب")
    assert (one.identifier, one.settings, one.line, parsed.notes) == ("first", "align:start", 6, ["NOTE by hand"])
    assert parsed.errors == parsed.warnings == []


@pytest.mark.parametrize(
    ("payload", "text", "written"),
    [
        ("<b>a</b> &amp; <i>b", "a & b", "<b>a</b> &amp; <i>b</i>"),
        ("R&D > S", "R&D > S", "R&amp;D &gt; S"),
        ("<c.loud>x</c> <00:00:02.000>y", "x y", "<c.loud>x</c> <00:00:02.000>y"),
        ("<ruby>漢<rt>kan</rt></ruby>", "漢(kan)", "<ruby>漢<rt>kan</rt></ruby>"),
        ("<lang ar>سلام</lang>", "سلام", "<lang ar>سلام</lang>"),
        ("<v A>one</v> <v B>two</v>", "one B: two", "<v A>one</v> <v B>two</v>"),
        ("<script>x</script>", "x", "x"),
        ("<img src=x onerror=y>z", "z", "z"),
        ("a < b", "a < b", "a &lt; b"),
        ("<00:00:30.000>late", "late", "late"),
        ("\u200fYouTube", "YouTube", "\u200fYouTube"),
        ("a\u202eb", "ab", "ab"),
    ],
)
def test_only_known_tags_stay(payload, text, written):
    one = cue(payload)
    assert (one.text, one.payload) == (text, written)


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        ("", 1, "empty"),
        ("hello", 1, "WEBVTT"),
        ("WEBVTT", 1, "no caption"),
        ("WEBVTT\n\n00:03,000 --> 00:04.000\nx", 3, "a point"),
        ("WEBVTT\n\n00:03.000 -> 00:04.000\nx", 3, "without a time"),
        ("WEBVTT\n\n0:03.000 --> 00:04.000\nx", 3, "two digits"),
        ("WEBVTT\n\n00:61.000 --> 01:04.000\nx", 3, "59"),
        ("WEBVTT\n\n00:05.000 --> 00:04.000\nx", 3, "before it begins"),
        ("WEBVTT\n\n00:04.000 --> 00:04.000\nx", 3, "before it begins"),
        ("WEBVTT\n\n-00:04.000 --> 00:04.000\nx", 3, "before the beginning"),
        ("WEBVTT\n\nsoon --> later\nx", 3, "no time"),
        ("WEBVTT\n\n200:00:00.000 --> 200:00:01.000\nx", 3, "100 hours"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n00:03.000 --> 00:04.000\ny", 5, "empty line"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\nalone", 6, "without a time"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\0y", 4, "no text"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\ud800y", 4, "no text"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "x" * 2001, 4, "2000"),
    ],
)
def test_each_error_names_its_line(file, line, words):
    errors = parse(file).errors
    assert [problem.line for problem in errors] == [line] * len(errors)
    assert words in errors[0].message


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("STYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nx", 3, "STYLE"),
        ("00:01.000 --> 00:02.000 region:a\nx", 3, "region:a"),
        ("00:05.000 --> 00:06.000\nx\n\n00:01.000 --> 00:02.000\ny", 6, "in order"),
        ("00:01.000 --> 00:04.000\nx\n\n00:03.000 --> 00:05.000\ny", 6, "line 3"),
        ("00:01.000 --> 00:02.000\n<blink>x", 4, "<blink>"),
        ("00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\ny", 3, "no text"),
        ("00:01.000 --> 00:02.000\n\u2066x\u2069", 4, "direction"),
        ("02:00.000 --> 02:01.000\nx", 3, "end of the recording"),
    ],
)
def test_what_is_odd_is_told_and_forbids_nothing(body, line, words):
    parsed = parse(f"WEBVTT\n\n{body}", duration=60)
    assert (parsed.errors, parsed.warnings[0].line) == ([], line)
    assert words in parsed.warnings[0].message
    assert [one.start for one in parsed.cues] == sorted(one.start for one in parsed.cues)


def test_srt_is_read_too():
    parsed = parse(
        "1\n00:00:01,000 --> 00:00:02,5\n<i>أهلا</i> & <font color=red>x</font> {\\an8}1 < 2\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\ny\n"
    )
    assert parsed.errors == []
    assert [(one.start, one.end) for one in parsed.cues] == [(1.0, 2.5), (3.0, 4.0)]
    assert parsed.cues[0].payload == "<i>أهلا</i> &amp; x 1 &lt; 2"
    assert parsed.cues[0].text == "أهلا & x 1 < 2"


def test_too_many_captions_are_refused():
    body = "\n\n".join(
        f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000 --> {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.900\nx"
        for n in range(MAX_CUES + 1)
    )
    assert "10000" in vtt(body).errors[-1].message


def test_a_flood_of_errors_is_cut_and_counted():
    errors = vtt("\n\n".join(["x"] * 100)).errors
    assert len(errors) == 51
    assert "50 more" in errors[-1].message
    assert len(vtt("\n\n".join(["x"] * 500_000)).errors) == 51


def test_errors_are_in_the_facilitator_s_language():
    with translation.override("ar"):
        assert parse("").errors[0].message != ""
