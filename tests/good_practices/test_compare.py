"""Two practices side by side."""

import datetime

import pytest
from bs4 import BeautifulSoup

from good_practices.enums import Outcome, StageKind
from good_practices.models import ResultFigure
from tests.factories import PracticePageFactory, ThemeFactory

PLACE = "/en/practices/compare/"


@pytest.fixture
def library(portal_site):
    return portal_site.libraries["en"]


def read(client, **slugs):
    answer = client.get(PLACE, slugs)
    return answer, BeautifulSoup(answer.content, "html.parser").main


def row(main, label):
    return next(line for line in main("tr") if line.th and line.th.get_text(" ", strip=True).startswith(label))


def test_facts_that_differ_are_said_to(client, library):
    a = PracticePageFactory(parent=library, outcome=Outcome.ACCEPTED)
    b = PracticePageFactory(parent=library, outcome=Outcome.REJECTED)
    _answer, main = read(client, a=a.slug, b=b.slug)
    assert "different" in row(main, "Outcome").th.get_text()
    assert "the same" in row(main, "Instrument").th.get_text()
    texts = [cell.get_text(" ", strip=True) for cell in row(main, "Outcome")("td")]
    assert "Accepted" in texts[0]
    assert "Rejected" in texts[1]


def test_days_between_stages_and_to_the_reply_are_told(client, library):
    stages = [(StageKind.FILED, datetime.date(2019, 1, 1)), (StageKind.ANSWERED, datetime.date(2019, 1, 31))]
    a = PracticePageFactory(parent=library, stages=stages)
    b = PracticePageFactory(parent=library, stages=stages[:1])
    _answer, main = read(client, a=a.slug, b=b.slug)
    assert "30 days after the stage before" in row(main, "Answered").get_text()
    first, second = row(main, "Time to reply")("td")
    assert "30 days" in first.get_text()
    assert "Nothing told" in second.get_text()


def test_results_and_needs_stand_side_by_side(client, library):
    a = PracticePageFactory(parent=library, reply="<p>Yes <b>indeed</b></p>", needed_time="Six months")
    b = PracticePageFactory(parent=library, needed_time="Two years")
    ResultFigure.objects.create(page=a, value="12.5", unit="km", label="of track", locale=a.locale)
    _answer, main = read(client, a=a.slug, b=b.slug)
    assert row(main, "The authority").b.string == "indeed"
    assert "12.5 km of track" in row(main, "Figures").get_text()
    assert "Six months" in main.get_text()
    assert "Two years" in main.get_text()


def test_each_cell_repeats_whose_it_is_for_stacked_columns(client, library):
    a, b = PracticePageFactory.create_batch(2, parent=library)
    _answer, main = read(client, a=a.slug, b=b.slug)
    assert [name.string for name in row(main, "Instrument")(class_="compare__name")] == [a.title, b.title]
    assert {cell["role"] for cell in main("td")} == {"cell"}


@pytest.mark.parametrize("bad", ["nowhere", "../../etc", "x\x00y", "é" * 300, "%ed%a0%80"])
def test_an_unknown_address_is_told_and_another_can_be_chosen(client, library, bad):
    page = PracticePageFactory(parent=library)
    answer, main = read(client, a=page.slug, b=bad)
    assert answer.status_code == 404
    assert main.find("form", class_="compare-search")
    assert page.title in main.get_text()


def test_drafts_are_not_compared(client, library):
    page, draft = PracticePageFactory(parent=library), PracticePageFactory(parent=library, live=False)
    answer, main = read(client, a=page.slug, b=draft.slug)
    assert answer.status_code == 404
    assert draft.title not in main.get_text()


def test_a_practice_is_not_compared_with_itself_in_another_language(client, portal_site, library):
    page = PracticePageFactory(parent=library)
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=page)
    answer, main = read(client, a=page.slug, b=french.slug)
    assert answer.status_code == 200
    assert "the same practice" in main.get_text()
    assert not main("table")


def test_the_second_is_chosen_from_bookmarks_related_ones_or_a_search(client, library, committed):
    with committed():
        page = PracticePageFactory(parent=library, title="Here")
        near = PracticePageFactory(parent=library, title="Near it")
        far = PracticePageFactory(parent=library, title="Kept lantern", themes=[ThemeFactory(slug="other")])
    client.post("/en/practices/bookmarks/change/", {"practice": far.translation_key}, HTTP_SEC_FETCH_SITE="same-origin")
    _answer, main = read(client, a=page.slug, q="lantern")
    choices = {section.h2.string: [link.string for link in section("a")] for section in main(class_="compare-choice")}
    assert choices == {"Found": [far.title], "My bookmarks": [far.title], "Related practices": [near.title]}
    assert main.find("a", string=near.title)["href"] == f"{PLACE}?a={page.slug}&b={near.slug}"


@pytest.mark.parametrize("number", [1, 5])
def test_comparing_costs_the_same_however_much_there_is(client, library, number, django_assert_num_queries):
    make = {"parent": library, "themes": ThemeFactory.create_batch(number)}
    a, b = PracticePageFactory(**make), PracticePageFactory(**make)
    read(client, a=a.slug, b=b.slug)
    with django_assert_num_queries(14):
        client.get(PLACE, {"a": a.slug, "b": b.slug})
