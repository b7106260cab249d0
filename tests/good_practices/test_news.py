"""What followers hear of practices: each once, from when it became public, whatever the date of what happened."""

import datetime

import pytest
from django.utils import translation

from good_practices.enums import StageKind
from good_practices.models import PracticeNews, PracticeStage
from good_practices.news import news, practices
from portal.base import clock
from tests.factories import OrganisationFactory, PracticePageFactory, TaggingFactory, ThemeFactory

MONDAY = datetime.datetime(2026, 1, 5, 8, tzinfo=datetime.UTC)
LATER = MONDAY + datetime.timedelta(days=3)
END = MONDAY + datetime.timedelta(days=7)


@pytest.fixture
def library(portal_site):
    return portal_site.libraries["ar"]


def publish(page):
    page.save_revision().publish()
    return page


def add_stage(page, moment):
    """Add that it was carried out, three years ago, as it is told at `moment`."""
    PracticeStage.objects.create(
        page=page, kind=StageKind.CARRIED_OUT, date=datetime.date(2023, 1, 1), sort_order=9, locale=page.locale
    )
    with clock.at(moment):
        publish(page)


def told(since, until):
    return [(one.happening, str(one.detail)) for one in sorted(news(since, until), key=lambda one: one.at)]


def test_a_new_practice_is_one_news_and_a_later_stage_another(library):
    with clock.at(MONDAY):
        page = publish(PracticePageFactory(parent=library))
    add_stage(page, LATER)
    with translation.override("en"):
        assert told(MONDAY - datetime.timedelta(1), END) == [("practice", ""), ("stage", "Carried out")]
        assert told(MONDAY, END) == [("stage", "Carried out")]
        assert told(LATER, END) == []


def test_publishing_again_withdrawing_and_translating_is_no_news(library, portal_site):
    with clock.at(MONDAY):
        page = publish(PracticePageFactory(parent=library))
    with clock.at(LATER):
        publish(page)
        page.unpublish()
        publish(page)
        publish(PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=page))
    assert told(MONDAY, END) == []
    assert len(next(iter(news(MONDAY - datetime.timedelta(1), END))).links) == 2


def test_it_is_told_to_followers_of_all_it_is_about(library):
    theme, carrier, authority = ThemeFactory(), OrganisationFactory(), OrganisationFactory()
    with clock.at(MONDAY):
        page = publish(PracticePageFactory(parent=library, themes=[theme], organisations=[carrier], authority=authority))
    tag = TaggingFactory(page=page).tag.slug
    hidden = TaggingFactory(page=page, hidden_at=MONDAY).tag.slug
    about = next(iter(news(MONDAY - datetime.timedelta(1), END))).about
    places = [("territory", place.code) for place in page.territory.lineage]
    wanted = [("theme", theme.slug), ("organisation", carrier.slug), ("organisation", authority.slug), ("tag", tag), *places]
    assert {*wanted, ("practice", str(page.translation_key))} == set(about)
    assert ("tag", hidden) not in about


def test_what_is_not_public_is_neither_told_nor_named(library):
    with clock.at(MONDAY):
        page = publish(PracticePageFactory(parent=library))
        page.unpublish()
    assert told(MONDAY - datetime.timedelta(1), END) == []
    assert not practices([str(page.translation_key)], "ar")


@pytest.mark.parametrize("number", [1, 6])
def test_it_costs_the_same_however_much_there_is(library, number, django_assert_num_queries):
    with clock.at(MONDAY):
        for _ in range(number):
            publish(PracticePageFactory(parent=library, organisations=[OrganisationFactory()]))
    list(news(MONDAY - datetime.timedelta(1), END))
    with django_assert_num_queries(12):
        assert len(list(news(MONDAY - datetime.timedelta(1), END))) == number


def test_news_are_noted_with_the_publication(library):
    page = publish(PracticePageFactory(parent=library))
    stages = PracticeNews.objects.filter(practice_key=page.translation_key).values_list("stage", flat=True)
    assert set(stages) == {"", "filed", "answered"}
