"""The switch stays on the same page, in the other language; hreflang links say the same to machines."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import PracticePageFactory, StandardPageFactory

HOST = "http://testserver"


def read(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


def switch(html):
    """Return the address behind each language of the switch."""
    links = html.header.find("a", hreflang="fr").find_parent("ul")("a")
    return {link["hreflang"]: link["href"] for link in links}


def alternates(html):
    return {link["hreflang"]: link["href"] for link in html.head("link", rel="alternate")}


def test_a_translated_page_leads_to_its_translations(portal_site, client):
    arabic = StandardPageFactory(parent=portal_site.homes["ar"], slug="about")
    StandardPageFactory(parent=portal_site.homes["fr"], slug="a-propos", translation_of=arabic)
    StandardPageFactory(parent=portal_site.homes["en"], slug="about-us", translation_of=arabic)
    expected = {"ar": "/ar/about/", "fr": "/fr/a-propos/", "en": "/en/about-us/"}
    for path in expected.values():
        html = read(client, path)
        assert switch(html) == expected
        found = alternates(html)
        assert found.pop("x-default") == f"{HOST}/ar/about/"
        assert found == {language: HOST + url for language, url in expected.items()}


def test_a_page_that_is_not_translated_stays_and_promises_nothing(portal_site, client):
    page = PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")
    html = read(client, page.url)
    assert switch(html) == {"ar": "/ar/practices/water/", "fr": "?untranslated=fr", "en": "?untranslated=en"}
    assert alternates(html) == {"ar": f"{HOST}/ar/practices/water/", "x-default": f"{HOST}/ar/practices/water/"}


def test_who_asks_for_a_missing_translation_is_told_in_that_language(portal_site, client):
    page = PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")
    notice = read(client, f"{page.url}?untranslated=fr").find(attrs={"role": "status", "lang": "fr", "dir": "ltr"})
    assert "n’existe pas encore en français" in notice.text
    for nothing in ("ar", "xx", "<b>"):
        assert read(client, f"{page.url}?untranslated={nothing}").find(attrs={"role": "status", "lang": True}) is None


def test_the_question_stays_when_the_language_changes(portal_site, client):
    html = read(client, "/ar/practices/?q=eau&theme=water")
    assert switch(html)["fr"] == "/fr/practices/?q=eau&theme=water"


@pytest.mark.parametrize("path", ["search/", "account/login/", "account/signup/"])
def test_pages_that_are_no_wagtail_pages_switch_too(portal_site, client, path):
    assert switch(read(client, f"/fr/{path}")) == {language: f"/{language}/{path}" for language in ("ar", "fr", "en")}


def test_the_switch_names_each_language_in_itself_and_marks_the_present_one(portal_site, client):
    links = read(client, "/fr/").header.find("a", hreflang="fr").find_parent("ul")("a")
    assert [(link["lang"], link["dir"]) for link in links] == [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")]
    assert [link.get("aria-current") for link in links] == [None, "true", None]


def test_the_canonical_address_is_without_question(portal_site, client):
    html = read(client, "/fr/practices/?theme=water")
    assert html.head.find("link", rel="canonical")["href"] == f"{HOST}/fr/practices/"


def test_a_missing_page_promises_no_translation(portal_site, client):
    html = read(client, "/fr/nothing/")
    assert alternates(html) == {}
    assert html.head.find("link", rel="canonical") is None
