"""The directory of organisations: who is listed, what their pages say, and whatever is written in the address."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.people.enums import OrganisationKind, PartnershipKind
from portal.people.models import Membership
from tests.factories import (
    OrganisationFactory,
    PracticePageFactory,
    RegionFactory,
    SessionPageFactory,
    SpeakerFactory,
    TerritoryFactory,
    UserFactory,
)


@pytest.fixture
def directory(portal_site):
    souss, oriental = (RegionFactory(code=code, iso_code=iso) for code, iso in (("09", "MA-09"), ("02", "MA-02")))
    town = TerritoryFactory(parent__parent=souss, parent__code="09.P")
    OrganisationFactory(slug="amal", name_ar="جمعية الأمل", name_fr="Association Espérance", territory=town)
    OrganisationFactory(
        slug="council", name_ar="مجلس الجهة", name_fr="Conseil", kind=OrganisationKind.AUTHORITY, territory=oriental
    )
    OrganisationFactory(
        slug="union",
        name_ar="الاتحاد",
        name_fr="Union",
        kind=OrganisationKind.PARTNER,
        partnership=PartnershipKind.FINANCIAL,
        illustrative=True,
    )
    return portal_site


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser").main


def listed(html):
    return [link["href"].split("/")[-2] for link in html.select(".organisation-list__name")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ["amal", "council", "union"]),
        ("kind=authority", ["council"]),
        ("region=MA-09", ["amal"]),
        ("region=MA-02", ["council"]),
        ("partnership=financial", ["union"]),
        ("kind=authority&region=MA-09", []),
        ("q=esperance", ["amal"]),
        ("q=ESPÉR", ["amal"]),
        ("q=امل", ["amal"]),
        ("q=الامل+جمعية", ["amal"]),
        ("q=zzz", []),
        ("q=%22", ["amal", "council", "union"]),
        ("q=%00", ["amal", "council", "union"]),
        ("q=%ED%A0%80", ["amal", "council", "union"]),
    ],
)
def test_filters(client, directory, question, expected):
    assert listed(read(client, f"/fr/organisations/?{question}")) == expected


@pytest.mark.parametrize(
    "question", ["kind=x", "region=09", "partnership=%00", "kind=" + "x" * 9000, "q=" + "ا" * 20_000, "page=9"]
)
def test_what_cannot_be_meant_is_left_out_and_said(client, directory, question):
    assert read(client, f"/en/organisations/?{question}").select(".notice")


def test_what_is_typed_is_shown_as_text(client, directory):
    html = read(client, "/en/organisations/?q=%22%3E%3Cscript%3E")
    assert html.find("input", id="filter-name")["value"] == '"><script>'


def test_an_invented_one_says_so_in_the_list_and_on_its_page(client, directory):
    html = read(client, "/en/organisations/?kind=partner")
    assert "Illustrative example" in html.select_one(".organisation-list").get_text()
    assert "there is no such organisation" in read(client, "/en/organisations/union/").get_text()
    assert not read(client, "/en/organisations/amal/").select_one(".illustrative")


@pytest.fixture
def busy(directory, committed):
    """The association carried a practice (two languages), the council was asked, and one of its people spoke."""
    from portal.people.models import Organisation

    amal, council = (Organisation.objects.get(slug=slug) for slug in ("amal", "council"))
    with committed():
        page = PracticePageFactory(parent=directory.libraries["ar"], slug="a", organisations=[amal], authority=council)
        PracticePageFactory(
            parent=directory.libraries["fr"], slug="fr-a", organisations=[amal], authority=council, translation_of=page
        )
        SessionPageFactory(
            parent=directory.workshops["fr"], slug="debate", title="Débat", speakers=[SpeakerFactory(organisation=amal)]
        )
    return page


def hrefs(html):
    return {link["href"] for link in html("a")}


def test_a_page_tells_who_it_is_and_what_it_did(client, busy):
    from portal.people.models import Organisation

    amal = Organisation.objects.get(slug="amal")
    Membership.objects.create(person=UserFactory(display_name="Secret Name"), organisation=amal, verified_at=timezone.now())
    Membership.objects.create(person=UserFactory(), organisation=amal)
    html = read(client, "/fr/organisations/amal/")
    assert html.h1.get_text() == "Association Espérance"
    assert html.find(lang="ar").get_text() == "جمعية الأمل"
    assert hrefs(html) >= {"/fr/practices/fr-a/", "/fr/sessions/debate/", "/fr/places/09/"}
    assert "Secret Name" not in html.get_text()
    assert "1 verified member" in read(client, "/en/organisations/amal/").get_text()


def test_an_authority_shows_what_it_was_asked_and_each_practice_leads_back(client, busy):
    html = read(client, "/ar/organisations/council/")
    assert [link["href"] for link in html.select("[aria-labelledby=addressed] .card__title a")] == ["/ar/practices/a/"]
    assert not html.select("[aria-labelledby=carried]")
    assert hrefs(read(client, "/ar/practices/a/")) >= {"/ar/organisations/amal/", "/ar/organisations/council/"}


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_only_what_is_public_is_counted_and_shown(client, busy, hide):
    assert "1 practice" in read(client, "/en/organisations/?q=esp").select_one(".organisation-list").get_text()
    for page in type(busy).objects.filter(translation_key=busy.translation_key):
        if hide == "unpublish":
            page.unpublish()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "practice" not in read(client, "/en/organisations/?q=esp").select_one(".organisation-list").get_text()
    assert not read(client, "/en/organisations/amal/").select(".card")


def test_an_unknown_one_is_not_found(client, directory):
    for slug in ("nobody", "x" * 300, "%00", "جمعية"):
        assert client.get(f"/ar/organisations/{slug}/").status_code == 404


@pytest.mark.parametrize("number", [1, 9])
def test_they_cost_the_same_however_many(client, portal_site, number, committed, django_assert_num_queries):
    authority = OrganisationFactory(slug="asked", kind=OrganisationKind.AUTHORITY)
    with committed():
        for _ in range(number):
            association = OrganisationFactory(territory=TerritoryFactory())
            PracticePageFactory(parent=portal_site.libraries["ar"], organisations=[association], authority=authority)
    client.get("/ar/organisations/")
    with django_assert_num_queries(9):
        assert len(listed(read(client, "/ar/organisations/"))) == number + 1
    with django_assert_num_queries(15):
        assert len(read(client, "/ar/organisations/asked/").select(".card")) == number


def test_the_newest_come_first_and_the_library_has_the_rest(client, portal_site):
    association = OrganisationFactory(slug="busy")
    for number in range(13):
        PracticePageFactory(
            parent=portal_site.libraries["ar"],
            slug=f"p-{number}",
            organisations=[association],
            stages=[("filed", datetime.date(2019, 1, 1 + number))],
        )
    html = read(client, "/ar/organisations/busy/")
    links = [link["href"] for link in html.select(".card__title a")]
    assert (len(links), links[0]) == (12, "/ar/practices/p-12/")
    assert html.find("a", href="/ar/practices/?organisation=busy")


def test_an_authority_leads_to_the_exact_list_of_what_it_was_asked(client, portal_site, committed):
    authority, other = OrganisationFactory.create_batch(2, kind=OrganisationKind.AUTHORITY)
    with committed():
        for slug in ("a", "b"):
            PracticePageFactory(parent=portal_site.libraries["ar"], slug=slug, authority=authority)
        PracticePageFactory(parent=portal_site.libraries["ar"], slug="c", authority=other, problem=f"<p>{authority.name_ar}</p>")
    link = read(client, f"/ar/organisations/{authority.slug}/").select_one("[aria-labelledby=addressed] .band__more a")["href"]
    hits = {hit["href"] for hit in read(client, link).select(".hit__title a, .card__title a")}
    assert hits == {"/ar/practices/a/", "/ar/practices/b/"}
    assert not read(client, f"/ar/organisations/{other.slug}/").select("[aria-labelledby=addressed] .band__more")
