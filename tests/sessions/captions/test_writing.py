"""Captions written: clean WebVTT in the right direction, SRT, plain text, chapters."""

import pytest

from sessions.captions import parse, write_srt, write_text, write_vtt
from sessions.captions.direction import directed, line_direction
from sessions.captions.timestamps import clock, plain_seconds, seconds_asked
from sessions.captions.writing import write_chapters

RLM, LRM = "\u200f", "\u200e"
FILE = (
    "WEBVTT\n\nNOTE n\n\n00:00:01.000 --> 00:00:02.000\n<v Zineb>Bonjour &amp; merci</v>\n\n00:00:03.000 --> 00:00:04.000\nfin\n"
)


def test_what_is_written_reads_as_the_same():
    parsed = parse(FILE)
    written = write_vtt(parsed.cues, "fr", parsed.notes)
    assert written == FILE
    assert parse(written).cues == parsed.cues


@pytest.mark.parametrize(
    ("language", "line", "mark"),
    [
        ("ar", "YouTube هو موقع", RLM),
        ("ar", "هذا YouTube", ""),
        ("ar", "www.example.org", ""),
        ("ar", "<v A>OK، نعم</v>", RLM),
        ("ar", "2020: سنة", ""),
        ("fr", "محمد a dit", LRM),
        ("fr", "a dit محمد", ""),
        ("fr", "سلام", ""),
    ],
)
def test_a_mark_stands_only_where_a_player_would_err(language, line, mark):
    written = directed(f"{line}\n{line}", language)
    assert written.count(RLM) + written.count(LRM) == 2 * bool(mark)
    assert written.replace(RLM, "").replace(LRM, "") == f"{line}\n{line}"
    assert directed(written, language) == written
    if mark:
        assert written.split("\n")[0].removeprefix("<v A>").startswith(mark)


def test_a_line_of_the_other_script_runs_its_own_way():
    assert line_direction("www.example.org", "ar") == "ltr"
    assert line_direction("www.example.org موقع", "ar") == "rtl"
    assert line_direction("سلام", "fr") == "rtl"
    assert line_direction("2020", "ar") == "rtl"


def test_srt_and_text_say_who_speaks():
    cues = [cue.kept() for cue in parse(FILE).cues]
    assert (
        write_srt(cues) == "1\n00:00:01,000 --> 00:00:02,000\nZineb: Bonjour & merci\n\n2\n00:00:03,000 --> 00:00:04,000\nfin\n"
    )
    assert write_text(cues) == "Zineb:\n[0:01] Bonjour & merci\n\n[0:03] fin\n"


def test_chapters_as_webvtt():
    written = write_chapters([(0, "a --> b"), (60.5, "R&D <x>")], 90)
    parsed = parse(written)
    assert parsed.errors == []
    assert [(cue.start, cue.end, cue.text) for cue in parsed.cues] == [(0, 60.5, "a → b"), (60.5, 90, "R&D <x>")]


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("83", 83), ("83.5", 83.5), ("83s", 83), ("1:23", 83), ("1:02:03", 3723), ("1m23s", 83), ("1h2m", 3720), ("0", 0)]
    + [(bad, None) for bad in ("", "-1", "x", "1e9", "٨٣", "999999", "1:2:3:4", "nan", "\0", "5 minutes", "9" * 1000)],
)
def test_moments_of_an_address(asked, seconds):
    assert seconds_asked(asked) == seconds


def test_moments_as_people_and_addresses_write_them():
    assert (clock(3723.9), clock(59)) == ("1:02:03", "0:59")
    assert (plain_seconds(83), plain_seconds(12345.678), plain_seconds(0)) == ("83", "12345.678", "0")
