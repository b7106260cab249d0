"""A practice's own page: the whole chain from the problem to what is needed to do it again."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail_factories import DocumentFactory

from good_practices.enums import Outcome, StageKind
from good_practices.models import PracticeEvidence, PracticePage, PracticeStage, ResultFigure
from portal.base import clock
from portal.vocabulary.enums import Instrument
from tests.factories import (
    AxisFactory,
    CommentFactory,
    EndorsementFactory,
    OrganisationFactory,
    PracticePageFactory,
    RegionFactory,
    TaggingFactory,
    TerritoryFactory,
    ThemeFactory,
)


@pytest.fixture
def library(portal_site):
    return portal_site.libraries["en"]


def read(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser").main


CHAIN = {
    "problem": "<p>No bus to school.</p>",
    "action": "<p>Parents counted the pupils.</p>",
    "reply": "<p>The council will pay for two buses.</p>",
    "result": "<p>Eighty girls ride.</p>",
    "lessons": "<ul><li>Count first.</li></ul>",
    "needed_people": "Five parents",
    "needed_time": "Six months",
    "needed_money": "Nothing",
    "needed_partners": "The school",
    "needed_texts": "Article 121",
}


def test_the_whole_chain_is_shown(client, library):
    page = PracticePageFactory(
        parent=library,
        outcome=Outcome.CARRIED_OUT,
        organisations=[OrganisationFactory(name_en="Parents of Tamri")],
        authority=OrganisationFactory(name_en="Council of Tamri"),
        axes=[AxisFactory(slug="youth", name_en="Youth")],
        **CHAIN,
    )
    PracticeEvidence.objects.create(page=page, title="The list", link="https://example.org/list.pdf", locale=page.locale)
    html = read(client, page)
    text = html.get_text(" ", strip=True)
    words = [BeautifulSoup(value, "html.parser").get_text() for value in CHAIN.values()]
    for expected in [*words, "Parents of Tamri", "Council of Tamri", "Youth", "Petition", "Carried out", "Region of trial"]:
        assert expected in text
    assert html.find("a", href="https://example.org/list.pdf").string == "The list"


def test_stages_are_dated_in_their_order(client, library):
    stages = [(StageKind.FILED, datetime.date(2019, 1, 17)), (StageKind.DELIBERATED, datetime.date(2019, 5, 3))]
    html = read(client, PracticePageFactory(parent=library, stages=stages))
    times = [time["datetime"] for time in html.find(attrs={"aria-labelledby": "stages"})("time")]
    assert times == ["2019-01-17", "2019-05-03"]
    assert "3 May 2019" in html.get_text()


def test_a_practice_without_reply_says_so_and_shows_no_empty_part(client, library):
    html = read(client, PracticePageFactory(parent=library, stages=[]))
    assert "No reply is known" in html.get_text()
    assert html.find(id="lessons") is None
    assert html.find(id="stages") is None


@pytest.mark.parametrize(("facet", "value"), [("theme", "school-transport"), ("instrument", "petition")])
def test_each_word_leads_to_the_library_filtered_by_it(client, library, facet, value):
    html = read(client, PracticePageFactory(parent=library))
    assert html.find("a", href=f"/en/practices/?{facet}={value}")


def test_an_invented_practice_says_so(client, library):
    invented, real = PracticePageFactory(parent=library, illustrative=True), PracticePageFactory(parent=library, themes=[])
    assert "Illustrative" in read(client, invented).get_text()
    assert "Illustrative" not in read(client, real).get_text()


def test_an_unpublished_practice_is_not_found(client, library):
    page = PracticePageFactory(parent=library, live=False)
    assert client.get(f"/en/practices/{page.slug}/").status_code == 404


def test_filed_on_is_the_first_date_whatever_the_order(portal_site):
    stages = [(StageKind.ANSWERED, datetime.date(2020, 2, 1)), (StageKind.FILED, datetime.date(2019, 9, 1))]
    page = PracticePageFactory(parent=portal_site.libraries["ar"], stages=stages)
    assert page.filed_on == datetime.date(2019, 9, 1)
    assert PracticePage().filed_on is None


NIGHT = datetime.datetime(2020, 11, 23, 23, 30, tzinfo=datetime.UTC)  # half past midnight on the 24th in Casablanca


@pytest.mark.parametrize(("day", "refused"), [(23, False), (24, False), (25, True)])
def test_a_stage_that_has_not_come_yet_is_refused(day, refused):
    stage = PracticeStage(kind=StageKind.FILED, date=datetime.date(2020, 11, day))
    with clock.at(NIGHT):
        if refused:
            with pytest.raises(ValidationError) as refusal:
                stage.clean()
            assert list(refusal.value.message_dict) == ["date"]
        else:
            assert stage.clean() is None


def related(client, page):
    section = read(client, page).find(attrs={"aria-labelledby": "related"})
    return [link.string for link in section("a", hreflang=True)] if section else []


def test_related_practices_share_a_theme_the_same_instrument_first(client, library):
    water, roads = ThemeFactory(slug="water"), ThemeFactory(slug="roads")
    page = PracticePageFactory(parent=library, themes=[water])
    PracticePageFactory(parent=library, title="memorandum", themes=[water], instrument=Instrument.MEMORANDUM)
    PracticePageFactory(parent=library, title="petition", themes=[water, roads])
    PracticePageFactory(parent=library, title="elsewhere", themes=[roads])
    PracticePageFactory(parent=library, title="draft", themes=[water], live=False)
    assert related(client, page) == ["petition", "memorandum"]


def test_at_most_three_related_practices_each_once(client, library):
    themes = [ThemeFactory(slug="water"), ThemeFactory(slug="roads")]
    page = PracticePageFactory(parent=library, themes=themes)
    titles = [PracticePageFactory(parent=library, themes=themes).title for _ in range(5)]
    found = related(client, page)
    assert len(set(found)) == len(found) == 3
    assert set(found) < set(titles)


def test_related_practices_are_in_the_page_s_language(client, portal_site, library):
    page = PracticePageFactory(parent=library)
    PracticePageFactory(parent=portal_site.libraries["ar"])
    assert related(client, page) == []


@pytest.mark.parametrize("number", [1, 6])
def test_the_page_costs_the_same_however_much_there_is(client, library, number, django_assert_num_queries):
    region = RegionFactory(code="07", iso_code="MA-07")
    place = TerritoryFactory(parent__parent=region, parent__code="07.P")
    themes, date = ThemeFactory.create_batch(number), datetime.date(2019, 1, 1)
    make = {"parent": library, "territory": place, "themes": themes, "stages": [(StageKind.FILED, date)] * number}
    page = PracticePageFactory(
        organisations=OrganisationFactory.create_batch(number),
        axes=AxisFactory.create_batch(number),
        authority=OrganisationFactory(),
        **make,
    )
    CommentFactory.create_batch(number, page=page)
    TaggingFactory.create_batch(number, page=page)
    for order, stage in enumerate(page.stages.all()):
        PracticeStage.objects.filter(pk=stage.pk).update(document=DocumentFactory())
        PracticeEvidence.objects.create(page=page, title="e", document=DocumentFactory(), sort_order=order, locale=page.locale)
        ResultFigure.objects.create(page=page, value=order, label="f", sort_order=order, locale=page.locale)
    for _ in range(min(number, 3)):
        PracticePageFactory(**make)
    client.get(page.url)
    EndorsementFactory.create_batch(number, page=page)
    with django_assert_num_queries(41):
        html = read(client, page)
    assert len(html.find(id="comments")("article")) == number
