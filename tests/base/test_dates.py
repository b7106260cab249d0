"""Dates as Morocco writes them: its own names of months, Western digits."""

import datetime
import zoneinfo

import pytest
from django.utils.translation import override

from portal.base.dates import localdate, localtime, weekday

NOVEMBER = datetime.date(2020, 11, 23)


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("ar", "long", "23 نونبر 2020"),
        ("ar", "day", "الاثنين 23 نونبر 2020"),
        ("ar", "month", "نونبر 2020"),
        ("fr", "long", "23 novembre 2020"),
        ("fr", "day", "lundi 23 novembre 2020"),
        ("en", "day", "Monday 23 November 2020"),
        ("en", "short", "23 Nov 2020"),
    ],
)
def test_a_date_in_each_language(language, style, expected):
    with override(language):
        assert localdate(NOVEMBER, style) == expected


def test_august_is_ghusht_in_morocco():
    with override("ar"):
        assert localdate(datetime.date(2019, 8, 9)) == "9 غشت 2019"


def test_an_unknown_language_is_written_in_arabic():
    with override("ja"):
        assert localdate(NOVEMBER, "month") == "نونبر 2020"


def test_the_day_of_the_week():
    with override("ar"):
        assert weekday(NOVEMBER) == "الاثنين"


def test_an_unknown_style_is_refused():
    with pytest.raises(KeyError):
        localdate(NOVEMBER, "huge")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_hours_are_those_of_the_moment_s_own_zone_in_western_digits(language):
    moment = datetime.datetime(2020, 11, 23, 14, 5, tzinfo=zoneinfo.ZoneInfo("Africa/Casablanca"))
    with override(language):
        assert localtime(moment) == "14:05"
