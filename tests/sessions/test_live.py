"""A session while it happens: the way into its meeting, the block that refreshes itself, the room that is full."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import PageLogEntry, PageViewRestriction

from portal.base import clock
from search.domain import rebuild
from sessions.domain import set_room_full
from sessions.enums import JoinState, SessionStatus
from sessions.live import is_web_address, join_state
from sessions.models import SessionPage
from tests.factories import SessionPageFactory

HTMX = {"hx-request": "true"}
NINE = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
MEETING = "https://meet.example.org/secret-room-417"
SECRET = "secret-room-417"
MOMENTS = {"days before": -3000, "not yet": -16, "open": -15, "during": 30, "last minute": 89, "over": 90, "long over": 90_000}
ROLES = ["anonymous", "participant", "moderator", "facilitator"]


def minute(minutes, seconds=0):
    return NINE + datetime.timedelta(minutes=minutes, seconds=seconds)


@pytest.fixture
def page(portal_site):
    """A session from 9:00 to 10:30 (10:00 to 11:30 in Casablanca), with a meeting."""
    return SessionPageFactory(parent=portal_site.workshops["en"], slug="water", title="Water", starts_at=NINE, live_url=MEETING)


def enter(client, role, request):
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    return client


def ask(client, page, what, moment, **kwargs):
    with clock.at(moment):
        return client.get(f"/en/sessions/{page.slug}/{what}/", **kwargs)


def words(response):
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("moment", "fields", "expected"),
    [
        (minute(-15, -1), {}, JoinState.NOT_YET),
        (minute(-15), {}, JoinState.OPEN),
        (minute(0), {}, JoinState.OPEN),
        (minute(90, -1), {}, JoinState.OPEN),
        (minute(90), {}, JoinState.OVER),
        (minute(0), {"room_full": True}, JoinState.FULL),
        (minute(-16), {"room_full": True}, JoinState.NOT_YET),
        (minute(90), {"room_full": True}, JoinState.OVER),
        (minute(0), {"live_url": ""}, JoinState.NOT_PLANNED),
        (minute(0), {"live_url": "ftp://meet.example.org/"}, JoinState.NOT_PLANNED),
        (minute(90), {"live_url": ""}, JoinState.OVER),
        (minute(0), {"status": SessionStatus.CANCELLED}, JoinState.CANCELLED),
        (minute(90), {"status": SessionStatus.CANCELLED, "room_full": True}, JoinState.CANCELLED),
    ],
)
def test_when_one_can_join(db, moment, fields, expected):
    session = SessionPage(starts_at=NINE, ends_at=minute(90), **{"live_url": MEETING, **fields})
    with clock.at(moment):
        assert join_state(session) == expected


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://a.example/", "//a.example/", "https://", "x", "", "http://[1"])
def test_only_addresses_of_the_web_are_meetings(db, address):
    assert not is_web_address(address)
    with pytest.raises(ValidationError, match="live_url"):
        SessionPage(title="x", slug="x", starts_at=NINE, ends_at=minute(9), live_url=address or "ftp://a.example/").full_clean(
            exclude=["path", "depth", "url_path", "locale", "content_type", "translation_key"]
        )


# --- Joining -----------------------------------------------------------------------------------------------------------------

LET_IN = "let in"
EXPECTED = {
    "days before": {"anonymous": "Sign in to join", "participant": "The meeting is not open yet"},
    "not yet": {"anonymous": "Sign in to join", "participant": "The meeting is not open yet"},
    "open": {"anonymous": "Sign in to join", "participant": LET_IN},
    "during": {"anonymous": "Sign in to join", "participant": LET_IN},
    "last minute": {"anonymous": "Sign in to join", "participant": LET_IN},
    "over": {"anonymous": "The session is over", "participant": "The session is over"},
    "long over": {"anonymous": "The session is over", "participant": "The session is over"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("moment", EXPECTED)
def test_who_joins_when(client, page, role, moment, request):
    response = ask(enter(client, role, request), page, "join", minute(MOMENTS[moment]))
    expected = EXPECTED[moment].get("participant" if role == "moderator" else role, LET_IN)
    if expected == LET_IN:
        assert (response.status_code, response.url) == (302, MEETING)
    else:
        assert BeautifulSoup(response.content, "html.parser").h1.string == expected
        assert SECRET not in response.content.decode()
        assert response.status_code == (403 if expected == "Sign in to join" else 200)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"room_full": True}, "The meeting is full"),
        ({"live_url": ""}, "No live meeting is planned"),
        ({"status": SessionStatus.CANCELLED}, "The session is cancelled"),
        ({"live_url": "ftp://secret-room-417.example/"}, "No live meeting is planned"),
    ],
)
def test_each_no_has_its_own_words(client, page, role, fields, title, request):
    SessionPage.objects.filter(pk=page.pk).update(**fields)
    response = ask(enter(client, role, request), page, "join", minute(10))
    if role == "facilitator" and "live_url" not in fields:
        assert response.url == MEETING
        return
    expected = "Sign in to join" if role == "anonymous" and "room_full" in fields else title
    assert BeautifulSoup(response.content, "html.parser").h1.string == expected
    assert SECRET not in response.content.decode()


def test_the_page_says_when_it_opens_and_how_long_to_wait(client, page, participant):
    client.force_login(participant)
    text = words(ask(client, page, "join", minute(-15 - 65)))
    assert "09:45" in text  # in Casablanca
    assert "1\xa0hour, 5\xa0minutes" in text


def test_signing_in_leads_back_and_then_in(client, page, participant):
    response = ask(client, page, "join", minute(0))
    link = BeautifulSoup(response.content, "html.parser").main.find("a", href=lambda href: "login" in href)
    assert link["href"] == "/en/account/login/?next=%2Fen%2Fsessions%2Fwater%2Fjoin%2F%3Fsigned-in%3D1"
    client.force_login(participant)
    with clock.at(minute(0)):
        back = client.get("/en/sessions/water/join/?signed-in=1")
    assert back.status_code == 200  # a form that was sent must not lead to another site: CSP form-action
    assert SECRET not in back.content.decode()
    assert BeautifulSoup(back.content, "html.parser").main.find("a", href="/en/sessions/water/join/")


def test_a_closed_account_is_nobodys(client, page, participant):
    client.force_login(participant)
    participant.is_active = False
    participant.save()
    assert ask(client, page, "join", minute(0)).status_code == 403


@pytest.mark.parametrize("what", ["join", "live", "evaluation"])
@pytest.mark.parametrize("role", ROLES)
def test_what_nobody_may_read_is_not_there(client, portal_site, page, what, role, request):
    enter(client, role, request)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    draft = SessionPageFactory(parent=portal_site.workshops["en"], live=False, live_url=MEETING)
    for one in (page, draft):
        assert ask(client, one, what, minute(0), headers=HTMX).status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "%00", "a%00b", "..", "x" * 5000, "%ED%A0%80", "سؤال"])
@pytest.mark.parametrize("what", ["join", "live", "evaluation"])
def test_a_forged_address_is_not_found(client, page, slug, what):
    assert client.get(f"/en/sessions/{slug}/{what}/").status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_the_address_of_the_meeting_is_nowhere(client, page, committed, role, request):
    enter(client, role, request)
    with committed():
        page.save_revision().publish()
    rebuild()
    pages = ["/en/", "/en/sessions/", page.url, "/en/search/?q=water", "/api/search/?lang=en&q=water", "/en/search/?q=secret"]
    for moment in MOMENTS.values():
        with clock.at(minute(moment)):
            for url in pages:
                assert SECRET not in client.get(url).content.decode(), url
            assert SECRET not in client.get(f"{page.url}live/", headers=HTMX).content.decode()
            assert SECRET not in client.get(f"{page.url}evaluation/").content.decode()
    assert not client.get("/api/search/?lang=en&q=417").json()["hits"]


# --- The block ---------------------------------------------------------------------------------------------------------------


def block(client, page, moment, **kwargs):
    with clock.at(moment):
        return BeautifulSoup(client.get(page.url).content, "html.parser").find(id="live")


@pytest.mark.parametrize(
    ("moment", "refreshes"),
    [
        (NINE - datetime.timedelta(hours=10, minutes=1), False),  # 23:59 of the day before, in Casablanca
        (NINE - datetime.timedelta(hours=10), True),
        (minute(89), True),
        (minute(90), False),
    ],
)
def test_the_block_asks_again_on_the_day_until_the_end(client, page, moment, refreshes):
    assert (block(client, page, moment).get("hx-trigger") == "every 60s") is refreshes
    assert ask(client, page, "live", moment, headers=HTMX).status_code == (200 if refreshes else 286)


def test_an_old_session_has_no_block(client, page):
    assert block(client, page, minute(60 * 24 * 300)) is None


def test_a_block_that_says_the_same_is_not_sent_again(client, page, facilitator):
    first = ask(client, page, "live", minute(0), headers=HTMX)
    seen = BeautifulSoup(first.content, "html.parser").find(id="live-seen")["value"]
    assert ask(client, page, "live", minute(1), headers=HTMX, data={"seen": seen}).status_code == 204
    set_room_full(page, True, facilitator)
    assert ask(client, page, "live", minute(1), headers=HTMX, data={"seen": seen}).status_code == 200
    assert ask(client, page, "live", minute(90), headers=HTMX, data={"seen": seen}).status_code == 286


def test_everybody_who_is_not_signed_in_is_told_the_same(client, page, participant):
    response = ask(client, page, "live", minute(0), headers=HTMX)
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=15"
    assert "csrf" not in response.content.decode()
    client.force_login(participant)
    assert "no-store" in ask(client, page, "live", minute(0), headers=HTMX).headers["Cache-Control"]


def test_without_htmx_the_block_is_on_the_page(client, page):
    response = ask(client, page, "live", minute(0))
    assert response.url == "/en/sessions/water/"
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("moment", "full", "text"),
    [
        (-60, False, "The meeting opens on"),
        (0, False, "Join the session"),
        (0, True, "All places are taken"),
        (95, False, "Evaluate the session"),
    ],
)
def test_what_the_block_says(client, page, moment, full, text):
    page.room_full = full
    page.save()
    assert text in block(client, page, minute(moment)).get_text(" ", strip=True)


def test_the_block_brings_the_state_of_the_session_along(client, page):
    state = BeautifulSoup(ask(client, page, "live", minute(0), headers=HTMX).content, "html.parser").find(id="session-state")
    assert (state["hx-swap-oob"], state.get_text(strip=True)) == ("innerHTML", "Live now")
    with clock.at(minute(0)):
        shown = BeautifulSoup(client.get(page.url).content, "html.parser").find_all(id="session-state")
    assert [one.get("hx-swap-oob") for one in shown] == [None]


# --- The room ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def pages(portal_site, page):
    """The session and its French translation, published; each has a draft that says something else."""
    french = SessionPageFactory(parent=portal_site.workshops["fr"], slug="eau", translation_of=page, live_url=MEETING)
    for one in (page, french):
        one.save_revision().publish()
    for one in (page, french):
        draft = SessionPage.objects.get(pk=one.pk)
        draft.title, draft.starts_at = "Draft", minute(-60)
        draft.save_revision()
    return page, french


def test_a_full_room_is_full_in_every_language_and_drafts_stay_drafts(pages, facilitator):
    set_room_full(pages[0], True, facilitator)
    for one in pages:
        now = SessionPage.objects.get(pk=one.pk)
        draft = now.get_latest_revision_as_object()
        assert (now.room_full, now.title, now.starts_at, now.has_unpublished_changes) == (True, one.title, NINE, True)
        assert (draft.room_full, draft.title, draft.starts_at) == (True, "Draft", minute(-60))
    assert PageLogEntry.objects.filter(action="workshop_sessions.room_full", user=facilitator).count() == 2
    set_room_full(pages[1], False, facilitator)
    assert not SessionPage.objects.filter(room_full=True).exists()


def test_a_full_room_that_does_not_change_writes_nothing(pages, facilitator):
    set_room_full(pages[0], False, facilitator)
    assert not PageLogEntry.objects.filter(action__startswith="workshop_sessions.room").exists()


def test_only_who_publishes_says_so(page, participant, moderator):
    for person in (participant, moderator):
        with pytest.raises(PermissionDenied):
            set_room_full(page, True, person)


@pytest.mark.parametrize("role", ROLES)
def test_the_button_is_for_who_publishes(client, page, role, request):
    enter(client, role, request)
    with clock.at(minute(0)):
        assert bool(block(client, page, minute(0)).form) is (role == "facilitator")
        response = client.post("/en/sessions/water/room/", {"full": "1"})
    page.refresh_from_db()
    assert page.room_full is (role == "facilitator")
    assert response.status_code == (302 if role == "facilitator" else 403)
    assert client.get("/en/sessions/water/room/").status_code == 405


def test_the_button_answers_htmx_with_the_block(client, page, facilitator):
    client.force_login(facilitator)
    with clock.at(minute(0)):
        response = client.post("/en/sessions/water/room/", {"full": "1"}, headers=HTMX)
    assert "The meeting is full" in response.content.decode()
