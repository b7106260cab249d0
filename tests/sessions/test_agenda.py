"""The agenda without an account: stars in the browser, the private link, its feed, and who may send what."""

import datetime
import uuid

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sessions import agendas, stars
from sessions.enums import SessionStatus
from sessions.models import Agenda, SessionPage
from tests.factories import RoomFactory, SessionPageFactory, UserFactory

START = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
STAR = "/ar/sessions/agenda/star/"
AGENDA = "/ar/sessions/agenda/"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def workshop(portal_site):
    return portal_site.workshops["ar"]


@pytest.fixture
def session(workshop):
    return SessionPageFactory(parent=workshop, title="جلسة أولى", starts_at=START)


@pytest.fixture
def browser():
    """A visitor whose forms come from our pages."""
    return Client(headers=OURS)


def press(browser, page, on=None, **headers):
    data = {"session": str(page.translation_key)} | ({"on": on} if on else {})
    return browser.post(STAR, data, headers={**OURS, **headers})


def titles(html):
    return [title.get_text() for title in BeautifulSoup(html, "html.parser").select(".agenda-entry__title")]


def link_of(browser):
    """Make the private link and return its address."""
    answer = browser.post("/ar/sessions/agenda/keep/", headers=OURS)
    assert answer.status_code == 302
    return answer.headers["Location"]


def feed_of(browser, link, **data):
    return icalendar.Calendar.from_ical(browser.get(f"{link.rstrip('/')}.ics", data).content)


def test_a_star_without_javascript_leads_back_to_itself(browser, session):
    answer = press(browser, session, Referer="http://testserver/ar/sessions/?day=1")
    code = stars.code_of(session.translation_key)
    assert answer.headers["Location"] == f"/ar/sessions/?day=1#starred-{code}"
    assert browser.cookies["agenda"].value == code
    assert not browser.cookies["agenda"]["httponly"]
    assert browser.cookies["agenda"]["samesite"] == "Lax"
    assert titles(browser.get(AGENDA).content) == ["جلسة أولى"]
    assert not Agenda.objects.exists()


def test_pressing_again_adds_nothing_and_removing_removes(browser, session):
    press(browser, session)
    press(browser, session)
    assert len(titles(browser.get(AGENDA).content)) == 1
    assert press(browser, session, on="0").headers["Location"] == AGENDA
    assert titles(browser.get(AGENDA).content) == []


@pytest.mark.parametrize(
    "referer", ["http://evil.example/x", "http://testserver//evil.example/", "javascript:alert(1)", "http://[x"]
)
def test_no_other_site_is_led_to(browser, session, referer):
    answer = browser.post(STAR, {"session": str(session.translation_key)}, headers={**OURS, "Referer": referer})
    assert answer.headers["Location"].startswith(("/ar/", "/evil.example/#starred-"))


@pytest.mark.parametrize("path", ["star/", "keep/"])
def test_another_site_cannot_send_anything(client, session, path):
    answer = client.post(f"{AGENDA}{path}", {"session": str(session.translation_key)}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not answer.cookies
    assert not Agenda.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "\x00", "'; DROP TABLE", str(uuid.uuid4()), "9" * 100_000])
def test_a_session_that_is_none_is_not_found(browser, session, value):
    assert browser.post(STAR, {"session": value}).status_code == 404


def test_a_session_that_is_not_published_cannot_be_starred(browser, workshop):
    assert press(browser, SessionPageFactory(parent=workshop, live=False)).status_code == 404


@pytest.mark.parametrize("value", ["x", "....", "+" * 5000, "ffffffffff", "<script>", "%00", "é", "a" * 100_000])
def test_a_forged_cookie_costs_nothing(browser, session, value):
    browser.cookies["agenda"] = value
    assert browser.get(AGENDA).status_code == 200
    assert press(browser, session).status_code == 302
    assert titles(browser.get(AGENDA).content) == ["جلسة أولى"]


def test_a_script_is_answered_shortly_and_told_changes_are_settled(browser, session, workshop):
    other = SessionPageFactory(parent=workshop)
    codes = [stars.code_of(page.translation_key) for page in (session, other)]
    browser.cookies["agenda"] = f"+{codes[0]}.-{codes[1]}"
    answer = browser.post(STAR, headers={**OURS, "Accept": "application/json"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.cookies["agenda"].value == codes[0]


def test_the_agenda_comes_by_day_with_what_is_at_the_same_time(browser, workshop, session):
    RoomFactory()
    parallel = SessionPageFactory(parent=workshop, title="موازية", starts_at=START + datetime.timedelta(minutes=30))
    after = SessionPageFactory(parent=workshop, title="بعدها", starts_at=START + datetime.timedelta(minutes=120))
    cancelled = SessionPageFactory(parent=workshop, title="ملغاة", starts_at=START, status=SessionStatus.CANCELLED)
    for page in (session, parallel, after, cancelled):
        press(browser, page)
    html = BeautifulSoup(browser.get(AGENDA).content, "html.parser")
    said = {
        entry.h3.get_text(): [link.get_text() for link in entry.select(".agenda-entry__conflict a")]
        for entry in html.select(".agenda-entry")
    }
    assert said == {"جلسة أولى": ["موازية"], "موازية": ["جلسة أولى"], "بعدها": [], "ملغاة": []}


def test_a_session_shows_in_the_readers_language_where_it_can(browser, portal_site, session):
    press(browser, session)
    assert titles(browser.get("/fr/sessions/agenda/").content) == ["جلسة أولى"]
    SessionPageFactory(parent=portal_site.workshops["fr"], translation_of=session, title="Séance")
    assert titles(browser.get("/fr/sessions/agenda/").content) == ["Séance"]


def test_the_private_link_is_a_page_and_a_live_feed(browser, client, session, workshop):
    press(browser, session)
    link = link_of(browser)
    assert browser.cookies["agenda_link"]["httponly"]
    page = client.get(link)  # another browser
    assert titles(page.content) == ["جلسة أولى"]
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"
    feed = client.get(f"{link.rstrip('/')}.ics")
    assert feed.headers["Cache-Control"] == "private, no-cache"
    assert "Access-Control-Allow-Origin" not in feed.headers
    assert client.get(f"{link.rstrip('/')}.ics", headers={"If-None-Match": feed.headers["ETag"]}).status_code == 304
    press(browser, SessionPageFactory(parent=workshop, title="ثانية"))
    assert [str(event["SUMMARY"]) for event in feed_of(client, link).walk("VEVENT")] == ["جلسة أولى", "ثانية"]
    press(browser, session, on="0")
    assert [str(event["SUMMARY"]) for event in feed_of(client, link).walk("VEVENT")] == ["ثانية"]


@pytest.mark.parametrize(
    ("asked", "minutes"), [({}, 15), ({"reminder": "60"}, 60), ({"reminder": "none"}, None), ({"reminder": "-1\x00"}, 15)]
)
def test_the_reminder_is_chosen_in_the_address(browser, session, asked, minutes):
    press(browser, session)
    (event,) = feed_of(browser, link_of(browser), **asked).walk("VEVENT")
    triggers = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    assert triggers == ([datetime.timedelta(minutes=-minutes)] if minutes else [])


def test_the_feed_follows_what_becomes_of_a_session(browser, session):
    session.save_revision().publish()
    press(browser, session)
    link = link_of(browser)
    page = SessionPage.objects.get(pk=session.pk)
    page.status = SessionStatus.CANCELLED
    page.save_revision().publish()
    (event,) = feed_of(browser, link).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"], event.walk("VALARM")) == ("CANCELLED", 1, [])
    page.unpublish()
    assert feed_of(browser, link).walk("VEVENT") == []


def test_a_revoked_link_is_dead_at_once_and_the_stars_stay(browser, client, session):
    press(browser, session)
    link = link_of(browser)
    assert browser.post(f"{link}revoke/", headers=OURS).headers["Location"] == AGENDA
    for address in (link, f"{link.rstrip('/')}.ics"):
        gone = client.get(address)
        assert gone.status_code == 410
        assert gone.content
    assert "agenda" in client.get(link).templates[0].name
    assert not Agenda.objects.exists()
    assert titles(browser.get(AGENDA).content) == ["جلسة أولى"]
    assert browser.post(f"{link}revoke/", headers=OURS).status_code == 410


def test_a_renewed_link_replaces_the_old_one(browser, client, session):
    press(browser, session)
    old = link_of(browser)
    new = browser.post(f"{old}renew/", headers=OURS).headers["Location"]
    assert client.get(old).status_code == 410
    assert titles(client.get(new).content) == ["جلسة أولى"]
    assert link_of(browser) == new


def test_another_device_takes_the_agenda_over_with_its_own_stars(browser, session, workshop):
    press(browser, session)
    link = link_of(browser)
    phone, other = Client(headers=OURS), SessionPageFactory(parent=workshop, title="ثانية")
    press(phone, other)
    phone.post(f"{link}adopt/", headers=OURS)
    assert titles(phone.get(AGENDA).content) == ["جلسة أولى", "ثانية"]
    assert titles(browser.get(AGENDA).content) == ["جلسة أولى", "ثانية"]


def test_what_was_pressed_offline_arrives_later(browser, session, workshop):
    press(browser, session)
    link = link_of(browser)
    other = SessionPageFactory(parent=workshop, title="ثانية")
    codes = [stars.code_of(page.translation_key) for page in (session, other)]
    browser.cookies["agenda"] = f"-{codes[0]}.+{codes[1]}"
    assert titles(browser.get(AGENDA).content) == ["ثانية"]
    assert [str(event["SUMMARY"]) for event in feed_of(browser, link).walk("VEVENT")] == ["ثانية"]
    assert browser.cookies["agenda"].value == codes[1]


def test_a_full_agenda_says_so_and_changes_nothing(browser, session, workshop, monkeypatch):
    monkeypatch.setattr(stars, "LIMIT", 1)
    press(browser, session)
    other = SessionPageFactory(parent=workshop, title="ثانية")
    for _linked in range(2):
        answer = press(browser, other)
        assert answer.status_code == 409
        assert titles(browser.get(AGENDA).content) == ["جلسة أولى"]
        link_of(browser)


def test_links_are_not_made_without_end(browser, session, monkeypatch):
    monkeypatch.setattr("sessions.views.agenda.MADE_PER_HOUR", 2)
    for _visitor in range(3):
        visitor = Client(headers=OURS)
        answer = visitor.post("/ar/sessions/agenda/keep/")
    assert answer.headers["Location"] == AGENDA
    assert Agenda.objects.count() == 2


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_and_the_feed_cost_the_same_however_much_is_in_it(browser, workshop, number, django_assert_num_queries):
    for hour in range(number):
        press(browser, SessionPageFactory(parent=workshop, starts_at=START + datetime.timedelta(hours=hour), room=RoomFactory()))
    link = link_of(browser)
    browser.get(AGENDA)
    with django_assert_num_queries(11):
        assert len(titles(browser.get(AGENDA).content)) == number
    with django_assert_num_queries(10):
        feed_of(browser, link)


def sign_in(browser, person):
    browser.post("/ar/account/login/", {"login": person.email, "password": "un-souk-vert-7-heures"})


def test_signing_in_brings_the_stars_and_the_link_along(browser, client, session, workshop):
    press(browser, session)
    link = link_of(browser)
    person = UserFactory()
    sign_in(browser, person)
    agenda = Agenda.objects.get()
    assert agenda.owner == person
    assert agendas.keys_in(agenda) == {session.translation_key}
    assert titles(client.get(link).content) == ["جلسة أولى"]
    assert not browser.cookies["agenda_link"].value
    press(browser, SessionPageFactory(parent=workshop, title="ثانية"))
    assert titles(client.get(link).content) == ["جلسة أولى", "ثانية"]


def test_signing_up_keeps_the_stars(browser, session):
    press(browser, session)
    data = {"display_name": "Aïcha", "email": "aicha@example.org", "password1": "un-souk-vert-7-heures"}
    browser.post("/ar/account/signup/", data)
    assert agendas.keys_in(Agenda.objects.get(owner__email="aicha@example.org")) == {session.translation_key}


def test_a_second_browser_adds_to_the_account_and_sees_it_all(session, workshop):
    person, other = UserFactory(), SessionPageFactory(parent=workshop, title="ثانية")
    for page in (session, other):
        visitor = Client(headers=OURS)
        press(visitor, page)
        link_of(visitor)
        sign_in(visitor, person)
        sign_in(visitor, person)
    assert agendas.keys_in(Agenda.objects.get(owner=person)) == {session.translation_key, other.translation_key}
    assert len(visitor.cookies["agenda"].value.split(".")) == 2


def test_signing_out_leaves_no_stars_on_a_shared_computer(browser, session):
    person = UserFactory()
    sign_in(browser, person)
    press(browser, session)
    browser.post("/ar/account/logout/")
    assert not browser.cookies["agenda"].value
    assert titles(browser.get(AGENDA).content) == []
    assert agendas.keys_in(Agenda.objects.get(owner=person)) == {session.translation_key}


def test_nobody_takes_the_agenda_of_an_account_by_its_link(browser, session):
    agenda = agendas.keep([session.translation_key], UserFactory())
    browser.cookies["agenda_link"] = agenda.token
    stranger = UserFactory()
    sign_in(browser, stranger)
    agenda.refresh_from_db()
    assert agenda.owner != stranger


def test_the_account_menu_leads_to_the_agenda(browser, session):
    sign_in(browser, UserFactory())
    menu = BeautifulSoup(browser.get("/ar/").content, "html.parser").select_one(".menu")
    assert menu.find("a", href=AGENDA)
