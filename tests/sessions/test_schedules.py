"""schedule.json and schedule.xml: the published rules, what changes their version, and what they cost."""

import datetime
import json

import pytest
from defusedxml import ElementTree
from wagtail.models import PageViewRestriction
from wagtail_factories import DocumentFactory

from sessions.enums import SessionStatus
from sessions.models import SessionMaterial, SessionPage
from tests.factories import RoomFactory, SessionPageFactory, SpeakerFactory, ThemeFactory
from tests.sessions.schedule_rules import check_json, check_xml


def utc(day, hour, minute=0):
    return datetime.datetime(2020, 11, day, hour, minute, tzinfo=datetime.UTC)


@pytest.fixture
def workshop(portal_site):
    return portal_site.workshops["ar"]


@pytest.fixture
def sessions(workshop):
    """Three sessions: two at the same time in two rooms, one on the next day in none, with all that can hang on them."""
    rooms = [RoomFactory(order=order) for order in range(2)]
    speaker = SpeakerFactory(bio_ar="عشرون سنة من العمل الجمعوي")
    body = [{"type": "heading", "value": "عنوان"}, {"type": "paragraph", "value": "<p>فقرة <b>أولى</b> &amp; ثانية</p>"}]
    made = [
        SessionPageFactory(
            parent=workshop, slug="a", starts_at=utc(23, 9), room=rooms[0], speakers=[speaker], body=json.dumps(body)
        ),
        SessionPageFactory(parent=workshop, slug="جلسة", starts_at=utc(23, 9), room=rooms[1]),
        SessionPageFactory(parent=workshop, slug="c", starts_at=utc(23, 23, 30), illustrative=True),
    ]
    made[0].themes = [ThemeFactory(slug="environment")]
    made[0].save_revision().publish()
    for order, facts in enumerate(({"link": "https://example.org/a?b=1&c=2"}, {"document": DocumentFactory()})):
        SessionMaterial.objects.create(page=made[0], title=f"m{order}", sort_order=order, locale=workshop.locale, **facts)
    return made


def read_xml(client):
    return ElementTree.fromstring(client.get("/ar/sessions/schedule.xml").content)


def read_json(client):
    return client.get("/ar/sessions/schedule.json").json()


def test_the_xml_keeps_the_published_rules(client, sessions):
    root = read_xml(client)
    check_xml(root)
    assert [day.get("date") for day in root.findall("day")] == ["2020-11-23", "2020-11-24"]
    first = root.find("day/room/event")
    assert first.get("guid") == str(sessions[0].translation_key)
    assert first.findtext("date") == "2020-11-23T10:00:00+01:00"
    assert (first.findtext("start"), first.findtext("duration")) == ("10:00", "01:30")
    assert first.findtext("track") == "كلمة environment"
    assert first.findtext("description") == "عنوان\nفقرة أولى & ثانية"
    assert first.find("links/link").get("href") == "https://example.org/a?b=1&c=2"
    assert first.find("attachments/attachment").get("href").startswith("http://testserver/documents/")


def test_the_json_keeps_the_published_rules_and_says_the_same(client, sessions):
    data, root = read_json(client), read_xml(client)
    check_json(data)
    events = [event for day in data["schedule"]["conference"]["days"] for room in day["rooms"].values() for event in room]
    assert [event["guid"] for event in events] == [event.get("guid") for event in root.iter("event")]
    assert data["schedule"]["version"] == root.findtext("version")
    assert events[0]["persons"][0]["biography"] == "عشرون سنة من العمل الجمعوي"
    assert "توضيحي" in events[2]["description"]


def test_characters_that_xml_cannot_carry_are_left_out(client, workshop):
    SessionPageFactory(parent=workshop, title="a\x0b<b>&\ufffe", summary="]]>\x01")
    root = read_xml(client)
    assert root.findtext("day/room/event/title") == "a<b>&"
    assert root.findtext("day/room/event/abstract") == "]]>"


def test_a_cancelled_session_says_so_where_every_app_shows_it(client, workshop):
    SessionPageFactory(parent=workshop, title="جلسة", status=SessionStatus.CANCELLED, status_note="غدا")
    event = read_xml(client).find("day/room/event")
    assert event.findtext("title").endswith(": جلسة")
    assert event.findtext("subtitle") == "غدا"


def test_the_live_link_is_nowhere(client, workshop):
    SessionPageFactory(parent=workshop, live_url="https://meet.example.org/secret")
    for name in ("schedule.ics", "schedule.json", "schedule.xml"):
        assert b"meet.example" not in client.get(f"/ar/sessions/{name}").content


@pytest.mark.parametrize("change", ["title", "speaker", "room", "withdrawn", "theme"])
@pytest.mark.parametrize("name", ["schedule.json", "schedule.xml"])
def test_the_version_changes_when_anything_does(client, sessions, change, name):
    version = read_json(client)["schedule"]["version"]
    etag = client.get(f"/ar/sessions/{name}").headers["ETag"]
    assert client.get(f"/ar/sessions/{name}", headers={"If-None-Match": etag}).status_code == 304
    page = SessionPage.objects.get(pk=sessions[0].pk)
    if change == "title":
        SessionPage.objects.filter(pk=page.pk).update(title="آخر")
    elif change == "speaker":
        speaker = page.session_speakers.first().speaker
        speaker.name_ar = "اسم آخر"
        speaker.save()
    elif change == "room":
        page.room.name_ar = "قاعة أخرى"
        page.room.save()
    elif change == "withdrawn":
        page.unpublish()
    else:
        theme = page.themes.first()
        theme.name_ar = "محور آخر"
        theme.save()
    answer = client.get(f"/ar/sessions/{name}", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != etag
    assert read_json(client)["schedule"]["version"] != version


def test_an_old_last_modified_alone_never_keeps_a_reader_behind(client, sessions):
    answer = client.get("/ar/sessions/schedule.json")
    again = client.get("/ar/sessions/schedule.json", headers={"If-Modified-Since": answer.headers["Last-Modified"]})
    assert again.status_code == 200


def test_what_is_not_public_is_in_no_schedule(client, workshop):
    SessionPageFactory(parent=workshop, title="draft", live=False)
    private = SessionPageFactory(parent=workshop, title="private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/ar/sessions/schedule.json").status_code == 404
    SessionPageFactory(parent=workshop, title="public")
    assert [event.findtext("title") for event in read_xml(client).iter("event")] == ["public"]


def test_every_site_may_read_the_public_ones(client, sessions):
    assert client.get("/ar/sessions/schedule.json").headers["Access-Control-Allow-Origin"] == "*"
    assert client.post("/ar/sessions/schedule.json").status_code == 405


@pytest.mark.parametrize("number", [1, 12])
@pytest.mark.parametrize("name", ["schedule.json", "schedule.xml", "schedule.ics"])
def test_the_cost_is_the_same_however_long(client, workshop, number, name, django_assert_num_queries):
    theme = ThemeFactory()
    for place in range(number):
        people = SpeakerFactory.create_batch(2)
        page = SessionPageFactory(parent=workshop, starts_at=utc(23 + place % 3, 9), speakers=people, room=RoomFactory())
        page.themes = [theme]
        page.save_revision().publish()
        SessionMaterial.objects.create(page=page, title="m", link="https://example.org/", locale=workshop.locale)
    client.get(f"/ar/sessions/{name}")
    with django_assert_num_queries(8):
        client.get(f"/ar/sessions/{name}")
