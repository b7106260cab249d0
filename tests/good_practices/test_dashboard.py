"""The dashboard: practices by stage and outcome, time to the reply, the law's limit; the same as CSV."""

import csv
import datetime
import io
import uuid

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from good_practices.charts import bar, span
from good_practices.dashboard import Choice, figures
from good_practices.enums import Outcome
from good_practices.models import PracticeFacts
from portal.base import clock
from portal.vocabulary.models import Territory, Theme
from tests.factories import RegionFactory, TerritoryFactory, ThemeFactory

URL = "/en/practices/dashboard/"
TODAY = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)


def facts(days=None, filed=datetime.date(2019, 1, 17), themes=(), **fields):
    """Write what is counted of a practice that was answered after so many days."""
    place = fields.pop("territory", None) or TerritoryFactory()
    row = PracticeFacts.objects.create(
        **{
            "practice_key": uuid.uuid4(),
            "instrument": "petition",
            "outcome": Outcome.ACCEPTED,
            "stage": "answered",
            "territory": place,
            "region": place.parent.parent,
            "authority_level": "commune",
            "filed_on": filed,
            "replied_on": filed + datetime.timedelta(days) if days is not None else None,
            "days_to_reply": days,
            "reply_due_on": datetime.date(2019, 4, 17) if filed else None,
            "changed_at": timezone.now(),
            **fields,
        }
    )
    row.themes.set(themes)
    return row


def found(**choice):
    with clock.at(TODAY):
        return figures(Choice(**choice), list(Territory.objects.regions()), list(Theme.objects.all()))


def read(client, **question):
    response = client.get(URL, question)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def rows_of(html, heading):
    table = next(table for table in html("table") if table.caption.get_text(strip=True) == heading)
    return [[cell.get_text(strip=True) for cell in row(["th", "td"])] for row in table.tbody("tr")]


def test_nothing_to_count_says_so(client, portal_site):
    assert "No practice matches" in read(client).get_text()


def test_medians_wait_for_three_replies(portal_site):
    for days in (10, 40):
        facts(days)
    assert (found().delay.replies, found().delay.median, found().delay.longest) == (2, None, 40)
    facts(31)
    assert found().delay.median == 31
    facts(32)
    assert found().delay.median == 32  # 31.5, halves up


def test_practices_stand_where_they_are_counted(client, portal_site):
    facts(3)
    facts(outcome=Outcome.REJECTED, stage="", instrument="memorandum", reply_due_on=None)
    html = read(client)
    assert rows_of(html, "By outcome") == [["Accepted", "1"], ["Rejected", "1"]]
    assert rows_of(html, "By last stage") == [["Answered", "1"], ["Not known", "1"]]
    assert rows_of(html, "By instrument") == [["Petition", "1"], ["Memorandum", "1"]]
    assert html.find("a", href="/en/practices/?outcome=rejected")


def test_time_to_the_reply_by_level_region_and_theme(client, portal_site):
    water, roads = ThemeFactory(slug="water", name_en="Water"), ThemeFactory(slug="roads", name_en="Roads")
    for days in (5, 15, 100):
        facts(days, themes=[water, roads])
    other = TerritoryFactory(parent__parent=RegionFactory(code="07", iso_code="MA-07", name_en="Elsewhere"), parent__code="07.P")
    facts(themes=[water], territory=other, authority_level="")
    html = read(client)
    assert rows_of(html, "By level of the authority") == [
        ["Commune", "3of3", "15", "5–100"],
        ["Not known", "0of1", "–no reply", "–"],
    ]
    assert rows_of(html, "By region") == [["Elsewhere", "0of1", "–no reply", "–"], ["Region of trial", "3of3", "15", "5–100"]]
    assert rows_of(html, "By theme") == [["Roads", "3of3", "15", "5–100"], ["Water", "3of4", "15", "5–100"]]


def test_the_time_limit(portal_site):
    facts(90)
    facts(91)
    facts()
    facts(reply_due_on=datetime.date(2020, 11, 23))
    facts(instrument="proposal", reply_due_on=None)
    limit = found().limit
    assert (limit.limited, limit.in_time, limit.late, limit.overdue, limit.running) == (4, 1, 1, 1, 1)


def test_what_has_no_date_is_said(client, portal_site):
    facts(filed=None)
    assert "1 practice has no date of filing" in read(client).get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ({"region": "MA-99"}, 2),
        ({"theme": "water"}, 1),
        ({"instrument": "memorandum"}, 1),
        ({"year": "2018"}, 1),
        ({"region": "MA-99", "year": "2018"}, 0),
    ],
)
def test_filters_leave_what_was_asked_for(client, portal_site, question, number):
    facts(themes=[ThemeFactory(slug="water")])
    facts(instrument="memorandum", reply_due_on=None)
    other = TerritoryFactory(parent__parent=RegionFactory(code="07", iso_code="MA-07"), parent__code="07.P")
    facts(territory=other, filed=datetime.date(2018, 12, 31))
    html = read(client, **question)
    value = html.find(class_="figure-card__value")
    assert (int(value.get_text()) if value else 0) == number


@pytest.mark.parametrize("value", ["x", "\x00", "٢٠١٩", "9" * 400, "<b>"])
@pytest.mark.parametrize("name", ["region", "theme", "instrument", "year"])
def test_a_choice_that_does_not_exist_is_said_and_everything_shown(client, portal_site, name, value):
    facts(3)
    html = read(client, **{name: value})
    assert "This choice does not exist" in html.get_text()
    assert html.find(class_="figure-card__value").get_text() == "1"


def test_invented_practices_are_said_to_be(client, portal_site):
    facts(illustrative=True)
    assert "All these practices are invented" in read(client).get_text()
    facts()
    assert "1 of these 2 practices are invented" in read(client).get_text(" ", strip=True)


def test_bars_start_where_the_language_does():
    assert 'x="0"' in bar(0.5, mirrored=False)
    assert 'x="100"' in bar(0.5, mirrored=True)
    drawn = span(0, 50, 25, 200, 100, mirrored=True)
    assert "chart__median" in drawn
    assert "chart__limit" not in drawn  # beyond the axis


def test_the_same_as_csv(client, portal_site):
    theme = ThemeFactory(slug="water", name_en="=cmd()")
    for days in (5, 15, 100):
        facts(days, themes=[theme])
    response = client.get("/en/practices/dashboard.csv")
    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][3:] == ["3", "3", "15", "5", "100"]
    assert ["By theme", "water", "'=cmd()", "3", "3", "15", "5", "100"] in rows
    assert ["By outcome", "accepted", "Accepted", "3"] in rows
    assert client.get("/en/practices/dashboard.csv", {"year": "2018"}).status_code == 200


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_costs_the_same_however_much_there_is(client, portal_site, number, django_assert_num_queries):
    for one in range(number):
        facts(one, themes=[ThemeFactory(slug=f"theme-{one}")])
    client.get(URL)
    with django_assert_num_queries(11):
        client.get(URL)


def test_nothing_is_written_into_the_page_that_the_policy_forbids(client, portal_site):
    facts(3)
    html = read(client)
    assert not html(style=True)
    assert not html("script")
    assert not html("style")
