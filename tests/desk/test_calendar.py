"""The publication calendar: what is on which day, and moving it."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from portal.people.enums import Role
from tests.factories import PracticePageFactory, UserFactory

pytestmark = pytest.mark.django_db
CALENDAR = "/cms/calendar/"
SOON = timezone.make_aware(datetime.datetime(2031, 5, 12, 9, 30))


@pytest.fixture
def facilitator(client):
    person = UserFactory(role=Role.FACILITATOR)
    client.force_login(person)
    return person


@pytest.fixture
def scheduled(portal_site):
    page = PracticePageFactory(parent=portal_site.libraries["ar"], title="مبرمجة", live=False, go_live_at=SOON)
    page.save_revision(approved_go_live_at=SOON)
    return page


@pytest.fixture
def expiring(portal_site):
    page = PracticePageFactory(parent=portal_site.libraries["ar"], title="تنتهي", expire_at=SOON)
    page.save_revision().publish()
    return page


def shown(client, **question):
    soup = BeautifulSoup(client.get(CALENDAR, question).content, "html.parser")
    return {(one.a.text, one["class"][1].removeprefix("desk-event--")) for one in soup.select(".desk-event")}


def move(client, page, event, at):
    return client.post(CALENDAR, {"page": page.pk, "event": event, "at": at}, follow=True).content.decode()


@pytest.mark.parametrize("view", ["month", "list"])
def test_a_month_shows_what_will_happen_in_it(client, facilitator, scheduled, expiring, view):
    assert shown(client, month="2031-05", view=view) == {("مبرمجة", "published"), ("تنتهي", "expires")}
    assert shown(client, month="2031-06", view=view) == set()


def test_hours_are_those_of_the_portal_s_zone(client, facilitator, scheduled):
    soup = BeautifulSoup(client.get(CALENDAR, {"month": "2031-05"}).content, "html.parser")
    assert soup.select_one(".desk-event time").text == "09:30"


@pytest.mark.parametrize("month", ["", "x", "2031-13", "0000-01", "9999-12", "2031-05-99\x00"])
def test_what_is_no_month_is_the_present_one_or_what_can_be_read(client, facilitator, month):
    assert client.get(CALENDAR, {"month": month}).status_code == 200


def test_a_publication_is_moved_and_happens_then(client, facilitator, scheduled):
    move(client, scheduled, "published", "2031-05-20T08:00")
    scheduled.refresh_from_db()
    at = timezone.make_aware(datetime.datetime(2031, 5, 20, 8))
    assert scheduled.scheduled_revision.approved_go_live_at == at
    assert scheduled.scheduled_revision.as_object().go_live_at == at
    assert scheduled.go_live_at == at


def test_an_expiry_is_moved_and_the_next_edit_keeps_it(client, facilitator, expiring):
    move(client, expiring, "expires", "2031-06-01T08:00")
    expiring.refresh_from_db()
    at = timezone.make_aware(datetime.datetime(2031, 6, 1, 8))
    assert expiring.expire_at == at
    assert expiring.get_latest_revision_as_object().expire_at == at


@pytest.mark.parametrize("at", ["", "yesterday", "2001-01-01T00:00", "2031-05-32T00:00"])
def test_no_moment_or_one_that_is_over_changes_nothing(client, facilitator, scheduled, at):
    assert "messages" in move(client, scheduled, "published", at)
    assert scheduled.scheduled_revision.approved_go_live_at == SOON


def test_what_is_not_scheduled_cannot_be_moved(client, facilitator, expiring):
    move(client, expiring, "published", "2031-06-01T08:00")
    assert expiring.scheduled_revision is None


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.PARTICIPANT])
def test_who_may_not_publish_moves_nothing(client, scheduled, role):
    client.force_login(UserFactory(role=role))
    assert client.post(CALENDAR, {"page": scheduled.pk, "event": "published", "at": "2031-05-20T08:00"}).status_code in (302, 403)
    assert scheduled.scheduled_revision.approved_go_live_at == SOON


@pytest.mark.parametrize("number", [1, 15])
def test_the_calendar_costs_the_same_however_much_happens(client, facilitator, portal_site, number, django_assert_num_queries):
    for _ in range(number):
        page = PracticePageFactory(parent=portal_site.libraries["ar"], live=False)
        page.go_live_at = SOON
        page.save_revision(approved_go_live_at=SOON)
    client.get(CALENDAR, {"month": "2031-05"})
    with django_assert_num_queries(14):
        client.get(CALENDAR, {"month": "2031-05"})
