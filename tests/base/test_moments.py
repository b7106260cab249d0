"""Facilitators see the portal at any moment; others never do."""

import datetime

import pytest
from bs4 import BeautifulSoup

from portal.base.moments import read_moment
from tests.factories import SessionPageFactory


@pytest.fixture
def path(portal_site):
    start = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
    return SessionPageFactory(parent=portal_site.workshops["en"], slug="opening", starts_at=start).url


def see(client, path, moment=None, **more):
    response = client.get(path, {"at": moment, **more} if moment is not None else more)
    assert response.status_code == 200
    return response, BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("moment", "state"),
    [("2020-11-23T09:00", "To come"), ("2020-11-23T10:05", "Live now"), ("2020-11-23T09:05+00:00", "Live now")],
)
def test_a_facilitator_sees_that_moment(client, facilitator, path, moment, state):
    client.force_login(facilitator)
    response, html = see(client, path, moment)
    assert state in html.article.get_text()
    assert "You see the portal as of Monday 23 November 2020" in html.find(class_="moment-bar").get_text()
    assert "no-store" in response["Cache-Control"]
    assert "Over" in see(client, path)[1].article.get_text()  # the next request is of the present again


@pytest.mark.parametrize("who", [None, "participant"])
def test_others_see_the_present(client, request, path, who):
    if who:
        client.force_login(request.getfixturevalue(who))
    html = see(client, path, "2020-11-23T10:05")[1]
    assert "Over" in html.article.get_text()
    assert html.find(class_="moment-bar") is None


def test_others_do_not_carry_the_moment_on(client, path):
    html = see(client, "/en/sessions/", "2020-11-23T10:05")[1]
    assert all("at=" not in link["href"] for link in html.main("a", href=True))


def test_the_present_is_not_private_and_does_not_vary_on_who_asks(client, path):
    response = client.get("/en/sessions/")
    assert "no-store" not in response.get("Cache-Control", "")


NO_MOMENTS = ["yesterday", "2020-13-40T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "\x00", "x" * 100_000, "²"]


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_what_is_no_moment_is_said_and_the_present_shown(client, facilitator, path, text):
    client.force_login(facilitator)
    html = see(client, path, text)[1]
    said = html.find(class_="moment-bar").find(role="alert").get_text()
    assert "is no moment" in said
    assert len(said) < 200
    assert "Over" in html.article.get_text()


def test_the_bar_offers_another_moment_and_the_way_back_and_keeps_the_rest(client, facilitator, path):
    client.force_login(facilitator)
    bar = see(client, "/en/sessions/", "2020-11-23T10:05", view="grid")[1].find(class_="moment-bar")
    assert bar.form["action"] == "/en/sessions/"
    assert {field["name"]: field["value"] for field in bar.form("input")} == {"view": "grid", "at": "2020-11-23T10:05"}
    assert bar.a["href"] == "/en/sessions/?view=grid"


def test_the_programme_keeps_the_moment_in_its_own_links(client, facilitator, path):
    client.force_login(facilitator)
    html = see(client, "/en/sessions/", "2020-11-23T10:05")[1].main
    assert html.article.h3.a["href"] == f"{path}?at=2020-11-23T10%3A05"
    assert all("at=2020" in link["href"] for link in html.find("nav", class_="views")("a"))


def test_without_a_moment_the_bar_asks_for_one(client, facilitator, path):
    client.force_login(facilitator)
    bar = see(client, path, "")[1].find(class_="moment-bar")
    assert bar.find("input", type="datetime-local")
    assert bar.find(role="alert") is None
    assert bar.find("a") is None


def test_what_people_send_is_not_touched(client, facilitator, path):
    client.force_login(facilitator)
    assert client.post("/en/account/login/?at=2020-11-23T10:05", {}).status_code in (200, 302)


def test_a_moment_without_a_zone_is_the_portal_s():
    assert read_moment("2020-11-23T10:05").utcoffset() == datetime.timedelta(hours=1)
    assert read_moment("2020-11-23T10:05Z").utcoffset() == datetime.timedelta(0)
    assert read_moment("") is None
