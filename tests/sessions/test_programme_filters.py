"""What a reader asks of the programme: filters, another zone; what is unknown is left out, said, and never an error."""

import datetime

import pytest
from bs4 import BeautifulSoup

from tests.factories import RecordingFactory, RoomFactory, SessionPageFactory, SpeakerFactory, ThemeFactory


def utc(day, hour, minute=0):
    return datetime.datetime(2020, 11, day, hour, minute, tzinfo=datetime.UTC)


@pytest.fixture
def sessions(portal_site):
    workshop = portal_site.workshops["en"]
    water, school = ThemeFactory(slug="water", name_en="Water"), ThemeFactory(slug="school", name_en="School")
    aicha, omar = SpeakerFactory(slug="aicha", name_en="Aïcha"), SpeakerFactory(slug="omar", name_en="Omar")
    blue, red = RoomFactory(slug="blue", name_en="Blue"), RoomFactory(slug="red", name_en="Red")
    one = SessionPageFactory(parent=workshop, title="one", starts_at=utc(23, 9), room=blue, speakers=[aicha])
    two = SessionPageFactory(parent=workshop, title="two", starts_at=utc(23, 9), room=red, speakers=[omar], spoken_language="fr")
    both = [omar, aicha]
    three = SessionPageFactory(parent=workshop, title="three", starts_at=utc(24, 9), room=blue, speakers=both, kind="plenary")
    for page, themes in ((one, [water]), (two, [school]), (three, [water, school])):
        page.themes = themes
        page.save()
    RecordingFactory(page=three)
    return one, two, three


def ask(client, question, **headers):
    return BeautifulSoup(client.get(f"/en/sessions/{question}", headers=headers).content, "html.parser")


def titles(html):
    return [card.h3.get_text() for card in html("article")]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", ["one", "two", "three"]),
        ("?day=2020-11-24", ["three"]),
        ("?theme=water", ["one", "three"]),
        ("?theme=water&theme=school", ["one", "two", "three"]),
        ("?kind=plenary", ["three"]),
        ("?language=fr", ["two"]),
        ("?speaker=omar", ["two", "three"]),
        ("?speaker=omar&theme=water", ["three"]),
        ("?room=red", ["two"]),
        ("?recording=yes", ["three"]),
        ("?day=2020-11-23&kind=plenary", []),
    ],
)
def test_filters_keep_what_has_a_chosen_value_of_each(client, sessions, question, found):
    html = ask(client, question)
    assert titles(html) == found
    said = html.find(id="programme-count").get_text(strip=True)
    assert said == (f"{len(found)} session{'s' if len(found) != 1 else ''} of 3" if question else "3 sessions")
    assert ("No session has all of this" in html.main.get_text()) is (not found)


def test_filters_offer_what_exists_with_counts_and_keep_what_was_chosen(client, sessions):
    form = ask(client, "?theme=water&speaker=omar").find("form", method="get", class_="programme-form")
    offered = {
        (field["name"], field["value"]): (field.parent.get_text(" ", strip=True), field.has_attr("checked"))
        for field in form("input", type="checkbox")
    }
    assert offered["theme", "water"] == ("Water 2", True)
    assert offered["theme", "school"] == ("School 2", False)
    assert offered["speaker", "omar"] == ("Omar 2", True)
    assert offered["language", "fr"] == ("French 1", False)
    assert ("kind", "synthesis") not in offered


def test_a_filter_that_tells_nothing_apart_is_not_offered(client, portal_site):
    SessionPageFactory(parent=portal_site.workshops["en"])
    assert ask(client, "").find_all("input", type="checkbox") == []


@pytest.mark.parametrize(
    "question",
    [
        "?theme=nothing",
        "?speaker=%00",
        "?room=%F0%9F",
        "?day=2020-02-31",
        "?language=" + "x" * 5000,
        "?kind=<script>",
        "?view=cube",
        "?zone=Mars/Olympus",
        "?zone=../../etc/passwd",
        "?zone=Europe",
        "?recording=%ED%A0%80",
        "?" + "&".join(f"theme=t{number}" for number in range(300)),
    ],
)
def test_what_is_unknown_is_left_out_and_said(client, sessions, question):
    response = client.get(f"/en/sessions/{question}")
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert len(titles(html)) == 3
    notice = html.main.find("div", class_="notice").get_text()
    assert "left it out" in notice
    assert len(notice) < 400
    assert html.main.find("script", type=lambda kind: kind != "application/ld+json") is None


def test_what_is_known_counts_beside_what_is_not(client, sessions):
    html = ask(client, "?theme=water&theme=nothing")
    assert titles(html) == ["one", "three"]
    assert "nothing" in html.main.find("div", class_="notice").get_text()


def test_only_the_plain_programme_is_for_search_engines(client, sessions):
    assert ask(client, "").find("meta", attrs={"name": "robots"}) is None
    for question in ("?theme=water", "?view=grid", "?zone=Europe/Paris"):
        html = ask(client, question)
        assert "noindex" in html.find("meta", attrs={"name": "robots"})["content"]
        assert html.find("link", rel="canonical")["href"].endswith("/en/sessions/")


def test_links_to_the_other_form_keep_the_question_and_nothing_else(client, sessions):
    nav = ask(client, "?theme=water&zone=Europe/Paris&utm_source=x").find("nav", class_="views")
    kept = "zone=Europe%2FParis&theme=water"
    assert [link["href"] for link in nav("a")] == [f"?{kept}", f"?view=grid&{kept}"]


def test_the_readers_own_hours_stand_beside_those_of_the_workshop(client, sessions):
    card = ask(client, "?zone=Asia/Tokyo").article
    assert card.find("span", class_="hours").time.string == "10:00"
    assert "18:00 – 19:30" in card.find("span", class_="own-hours").get_text()
    assert ask(client, "?zone=Africa/Casablanca").find("span", class_="own-hours") is None


def test_hours_on_another_day_say_which(client, sessions):
    assert "Sunday 22:00" in ask(client, "?zone=Pacific/Niue").article.find("span", class_="own-hours").get_text(" ")


def test_the_zone_that_was_chosen_stays_chosen(client, sessions):
    chosen = ask(client, "?zone=Asia/Tokyo").find("select", id="zone").find("option", selected=True)
    assert chosen["value"] == "Asia/Tokyo"


def test_htmx_gets_the_sessions_and_their_number_only(client, sessions):
    response = client.get("/en/sessions/?theme=water", headers={"HX-Request": "true"})
    html = BeautifulSoup(response.content, "html.parser")
    assert html.find("html") is None
    assert titles(html) == ["one", "three"]
    assert html.find(id="programme-count", attrs={"hx-swap-oob": True}).get_text(strip=True) == "2 sessions of 3"
    assert [link["href"] for link in html.find("nav", class_="views")("a")] == ["?theme=water", "?view=grid&theme=water"]
    assert "HX-Request" in response["Vary"]
