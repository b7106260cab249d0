"""Every page is reached at its own address, and at no other."""

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import StandardPageFactory


@pytest.fixture
def team(portal_site):
    about = StandardPageFactory(parent=portal_site.homes["fr"], slug="about")
    return StandardPageFactory(parent=about, slug="team", title="L’équipe")


def test_a_page_below_a_page_is_reached(client, team):
    response = client.get("/fr/about/team/")
    assert response.status_code == 200
    assert "L’équipe" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/fr/team/", "/ar/about/team/", "/fr/about/team/team/", "/fr/about/tea/", "/fr/abou_/team/", "/fr/ABOUT/team/"]
)
def test_it_is_reached_at_no_other_address(client, team, path):
    assert client.get(path).status_code == 404


def test_an_address_without_its_last_slash_leads_to_the_page(client, team):
    assert client.get("/fr/about/team", follow=True).redirect_chain == [("/fr/about/team/", 301)]


def test_a_page_that_moved_is_reached_at_its_new_address_only(client, portal_site, team):
    team.move(portal_site.homes["fr"], "last-child")
    assert client.get("/fr/team/").status_code == 200
    assert client.get("/fr/about/team/", follow=True).redirect_chain in ([], [("/fr/team/", 301)])


def test_a_draft_is_not_found_even_by_facilitators(client, team, facilitator):
    team.unpublish()
    client.force_login(facilitator)
    assert client.get("/fr/about/team/").status_code == 404


def test_a_private_page_asks_who_is_there(client, team):
    PageViewRestriction.objects.create(page=team.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/fr/about/team/")
    assert response.status_code == 302
    assert "next=/fr/about/team/" in response.url


def test_an_editor_s_address_of_a_home_page_is_not_its_slug(client, portal_site):
    assert client.get("/fr/home-fr/").status_code == 404
