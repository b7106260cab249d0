"""What processes remember between requests, what pages depend on, and which pages everybody may read."""

import datetime

import pytest
from wagtail.models import Page, PageViewRestriction

from portal.base import clock, freshness, memory
from portal.base.privacy import readable
from tests.factories import StandardPageFactory

THEN = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _forget_memory():
    memory._remembered.clear()


def made_twice(make=lambda: None, versions=(1, 1)):
    """Return how often something is made that two requests ask for."""
    made = []
    for version in versions:
        with memory.reading(version):
            memory.remembered("thing", lambda: (make(), made.append(1)))
    return len(made)


@pytest.mark.parametrize(("versions", "times"), [((1, 1), 1), ((1, 2), 2), ((None, None), 2), ((1, None), 2)])
def test_a_thing_is_remembered_for_one_version_of_the_content(versions, times):
    assert made_twice(versions=versions) == times


def test_what_reads_the_clock_or_what_people_do_is_not_remembered():
    assert made_twice(clock.now) == 2
    assert made_twice(lambda: setattr(freshness.seen(), "activity", True)) == 2


def test_nothing_is_remembered_in_what_is_left_of_a_request_that_changed_the_content():
    with memory.reading(1):
        memory.remembered("thing", lambda: "old")
        memory.content_changed()
        assert memory.remembered("thing", lambda: "new") == "new"


def test_memory_is_bounded():
    with memory.reading(1):
        for number in range(5000):
            memory.remembered(number, lambda: "x")
    assert len(memory._remembered) <= 2000


def test_the_first_moment_of_change_counts_and_reaches_whoever_watches_outside():
    with clock.at(THEN), freshness.watch() as outer:
        with freshness.watch() as inner:
            clock.changes_at(THEN - HOUR, THEN + 2 * HOUR, THEN + HOUR)
        clock.changes_at(THEN + 3 * HOUR)
    assert inner.until == outer.until == THEN + HOUR
    assert outer.clock


def test_what_is_over_changes_no_more():
    with clock.at(THEN), freshness.watch() as seen:
        clock.changes_at(THEN - HOUR, THEN)
    assert seen.until is None


@pytest.mark.parametrize("version", [1, None])
def test_pages_in_a_private_section_are_for_nobody(portal_site, version):
    shown = StandardPageFactory(parent=portal_site.homes["fr"])
    section = StandardPageFactory(parent=portal_site.homes["fr"])
    hidden = [section, StandardPageFactory(parent=section), StandardPageFactory(parent=shown, live=False)]
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    with memory.reading(version):
        for _ in range(2):
            found = set(readable(Page.objects.all()).values_list("pk", flat=True))
            assert shown.pk in found
            assert not found & {page.pk for page in hidden}


def test_a_private_section_is_closed_at_once(portal_site, client, settings):
    settings.PAGE_CACHE = True
    section = StandardPageFactory(parent=portal_site.homes["fr"], slug="section")
    assert client.get(section.url).status_code == 200
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(section.url).status_code == 302
    PageViewRestriction.objects.all().delete()
    assert client.get(section.url).status_code == 200
