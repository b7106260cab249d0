"""The way in, and what is said when a form has expired."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("fr", "/fr/"),
        ("fr-MA,fr;q=0.9,ar;q=0.5", "/fr/"),
        ("en-GB", "/en/"),
        ("ar-MA", "/ar/"),
        ("de;q=0.9,en;q=0.3", "/en/"),
        ("ja", "/ar/"),
        ("", "/ar/"),
        ("*", "/ar/"),
        (";;;,\x7f", "/ar/"),
    ],
)
def test_the_front_door_leads_to_the_best_language(client, accepted, expected):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response.url) == (302, expected)


def test_the_language_chosen_before_wins(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/en/"


def test_caches_keep_the_languages_apart(client):
    vary = client.get("/").headers["Vary"]
    assert "Accept-Language" in vary
    assert "Cookie" in vary


def test_the_front_door_is_only_read(client):
    assert client.post("/").status_code == 405


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")],
)
def test_an_expired_form_says_how_to_go_on(portal_site, language, direction):
    response = Client(enforce_csrf_checks=True).post(f"/{language}/account/login/", {"login": "a@example.org"})
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 403
    assert (html.html["lang"], html.html["dir"]) == (language, direction)
    assert html.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert html.main.find("a", href=f"/{language}/")
    assert len(html.main("p")) >= 3


def test_an_expired_form_is_explained_in_words(portal_site):
    response = Client(enforce_csrf_checks=True).post("/en/account/login/", {})
    assert "go back with your browser" in response.content.decode()
