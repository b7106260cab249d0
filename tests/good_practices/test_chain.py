"""The stages as the page tells them: in time or late against the law's limit, and what is still to come."""

import datetime

import pytest
from bs4 import BeautifulSoup

from good_practices.chain import chain_of
from good_practices.enums import Outcome, StageKind
from good_practices.models import ResultFigure
from portal.base import clock
from portal.vocabulary.enums import Instrument
from tests.factories import OrganisationFactory, PracticePageFactory, TerritoryFactory

FILED, SCHEDULED, REJECTED, ANSWERED = StageKind.FILED, StageKind.SCHEDULED, StageKind.REJECTED, StageKind.ANSWERED


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def make(portal_site):
    """A petition to a commune, in English."""

    def made(*stages, outcome=Outcome.UNDER_WAY, **fields):
        place = TerritoryFactory()
        return PracticePageFactory(
            parent=portal_site.libraries["en"],
            stages=[(kind, day(date)) for kind, date in stages],
            outcome=outcome,
            territory=place,
            **{"authority": OrganisationFactory(territory=place), **fields},
        )

    return made


def read(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser").main


def test_a_notice_after_the_limit_is_late_by_so_many_days(client, make):
    page = make((FILED, "2019-10-30"), (REJECTED, "2020-03-11"), outcome=Outcome.REJECTED)
    assert "Answer due by 30 January 2020: it came 41 days late." in read(client, page).get_text()


def test_a_notice_within_the_limit_came_in_time(client, make):
    page = make((FILED, "2019-10-30"), (REJECTED, "2020-01-30"), outcome=Outcome.REJECTED)
    assert "Answer due by 30 January 2020: it came in time." in read(client, page).get_text()


def test_a_reply_that_is_awaited_is_late_by_the_clock(make):
    page = make((FILED, "2019-10-30"))
    with clock.at(datetime.datetime(2020, 2, 9, 12, tzinfo=datetime.UTC)):
        assert chain_of(page).limit.late == 10
    with clock.at(datetime.datetime(2020, 1, 30, 12, tzinfo=datetime.UTC)):
        assert chain_of(page).limit.late == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"instrument": Instrument.MEMORANDUM},
        {"authority": None},
        {"reply": "<p>Yes</p>"},
        {"outcome": Outcome.ACCEPTED},
    ],
)
def test_where_no_limit_is_known_none_is_told(make, fields):
    assert chain_of(make((FILED, "2019-10-30"), **fields)).limit is None


def test_what_is_still_to_come_is_shown_in_the_laws_order(client, make):
    page = make((FILED, "2019-10-30"), (SCHEDULED, "2020-01-05"))
    coming = [one.find(class_="timeline__kind").string for one in read(client, page)(class_="timeline__stage--coming")]
    assert coming == ["Deliberated", "Answered", "Carried out"]


@pytest.mark.parametrize("outcome", [Outcome.CARRIED_OUT, Outcome.REJECTED])
def test_nothing_is_awaited_after_the_end(make, outcome):
    assert chain_of(make((FILED, "2019-10-30"), (ANSWERED, "2020-01-05"), outcome=outcome)).coming == []


def test_a_rejection_ends_the_way(make):
    assert chain_of(make((FILED, "2019-10-30"), (REJECTED, "2020-01-05"), outcome=Outcome.PARTLY_ACCEPTED)).coming == []


def test_a_practice_that_became_a_rule_tells_the_act(client, make):
    page = make(
        institutionalised_on=day("2020-07-01"),
        institutionalising_act="Decision 12",
        institutionalising_link="https://example.org/act",
    )
    html = read(client, page)
    assert html.find("a", href="https://example.org/act").string == "Decision 12"
    assert html.find(class_="badge", string="Made a rule")
    assert html.find("time", datetime="2020-07-01")


def test_figures_are_written_as_the_language_writes_them(client, make):
    page = make()
    ResultFigure.objects.create(page=page, value="12500.50", unit="MAD", label="cost", locale=page.locale)
    assert read(client, page).find(class_="result").dd.get_text(" ", strip=True) == "12,500.5 MAD"
