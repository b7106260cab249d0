"""Spaces of consultation: a directory by region, each with the law, the way to it and what came of it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from good_practices.enums import SpaceKind
from good_practices.models import ConsultationSpace, LibraryPage
from tests.factories import PracticePageFactory, RegionFactory, SpaceFactory, TerritoryFactory

PLACE = "/en/practices/spaces/"


def main(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").main


def test_national_ones_come_first_then_region_by_region(client, portal_site):
    here = SpaceFactory()
    other = SpaceFactory(
        territory=TerritoryFactory(parent__parent=RegionFactory(code="07", name_en="South"), parent__code="07.P")
    )
    national = SpaceFactory(territory=None, kind=SpaceKind.NATIONAL)
    groups = {part.h2.get_text(strip=True): [link.string for link in part("a")] for part in main(client, PLACE)("section")}
    assert list(groups) == ["The whole country", "South", "Region of trial"]
    assert list(groups.values()) == [[national.name_in("en")], [other.name_in("en")], [here.name_in("en")]]


def test_a_space_tells_its_law_how_to_reach_it_and_what_came_of_it(client, portal_site):
    one = SpaceFactory(email="space@example.org", phone="05 22 00 00 00", illustrative=True)
    page = PracticePageFactory(parent=portal_site.libraries["en"], space=one)
    PracticePageFactory(parent=portal_site.libraries["en"], space=one, live=False)
    found = main(client, one.get_absolute_url().replace("/ar/", "/en/"))
    text = found.get_text(" ", strip=True)
    assert "Organic law 113-14 on communes, article 120" in text
    assert "Illustrative" in text
    assert {"mailto:space@example.org", "tel:0522000000"} <= {link["href"] for link in found("a")}
    assert [card.a.string for card in found(class_="card--practice")] == [page.title]


def test_of_other_kinds_only_what_a_facilitator_wrote_is_told(client, portal_site):
    one = SpaceFactory(kind=SpaceKind.COMMITTEE)
    text = main(client, f"{PLACE}{one.slug}/").get_text()
    assert "Legal basis" not in text
    assert "No address is known" in text


@pytest.mark.parametrize("slug", ["nowhere", "a" * 300])
def test_an_unknown_space_is_not_found(client, portal_site, slug):
    assert client.get(f"{PLACE}{slug}/").status_code == 404


def test_the_library_keeps_the_addresses_for_itself():
    assert {"commitments", "spaces", "criteria", "compare", "bookmarks"} <= LibraryPage.RESERVED_SLUGS


@pytest.mark.parametrize("number", [1, 10])
def test_the_directory_costs_the_same_however_many(client, portal_site, number, django_assert_num_queries):
    SpaceFactory.create_batch(number)
    client.get(PLACE)
    with django_assert_num_queries(3):
        client.get(PLACE)


CMS = ("inspiration:index", "assessment:index", "commitment:index", "wagtailsnippets_good_practices_consultationspace:list")


@pytest.mark.parametrize("name", CMS)
def test_facilitators_reach_them_in_the_cms_and_others_do_not(client, portal_site, facilitator, moderator, participant, name):
    for person, reached in ((facilitator, True), (moderator, False), (participant, False)):
        client.force_login(person)
        assert (client.get(reverse(name)).status_code == 200) is reached


def test_a_facilitator_adds_a_space(client, portal_site, facilitator):
    client.force_login(facilitator)
    data = {"name_ar": "هيئة", "name_fr": "Instance", "kind": "other", "slug": "new", "territory": "", "authority": ""}
    url = reverse("wagtailsnippets_good_practices_consultationspace:add")
    assert client.post(url, data).status_code == 302
    assert ConsultationSpace.objects.get().slug == "new"
