"""The links of digests: they stop without signing in, serve one purpose, and can be made void."""

import pytest
from django.core import mail
from django.test import Client

from portal.participation.digests import links
from portal.participation.digests.composing import Content, Reader
from portal.participation.digests.letters import letter
from portal.participation.domain.following import renew_links
from portal.participation.models import Follow
from portal.people.enums import DigestFrequency
from tests.factories import FollowFactory, ThemeFactory, UserFactory


@pytest.fixture
def browser():
    """A mailbox provider: no cookies, no CSRF token."""
    return Client(enforce_csrf_checks=True)


def stop_path(person):
    return links.stop_url(person.pk, person.mail_links, "ar").removeprefix("http://localhost:8000")


def unfollow_path(follow):
    return links.unfollow_url(follow.pk, follow.person.mail_links, "fr").removeprefix("http://localhost:8000")


@pytest.fixture
def person(portal_site):
    return UserFactory(digest="daily")


def frequency(person):
    person.refresh_from_db()
    return person.digest


def test_reading_the_link_stops_nothing_and_a_post_does_in_one_click(browser, person):
    page = browser.get(stop_path(person))
    assert page.status_code == 200
    assert "<form" in page.content.decode()
    assert "no-cache" in page["Cache-Control"]
    assert frequency(person) == "daily"
    answer = browser.post(stop_path(person), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200  # RFC 8058, 3.1: no redirect
    assert frequency(person) == DigestFrequency.NEVER
    assert browser.post(stop_path(person)).status_code == 200


def test_one_thing_is_stopped_and_the_others_stay(browser, person):
    one, other = (FollowFactory(person=person, kind="theme", key=ThemeFactory().slug) for _ in range(2))
    assert browser.get(unfollow_path(one)).status_code == 200
    assert Follow.objects.count() == 2
    browser.post(unfollow_path(one))
    assert Follow.objects.get() == other
    assert browser.post(unfollow_path(one)).status_code == 404
    assert frequency(person) == "daily"


def test_links_are_bound_to_their_purpose_and_their_person(browser, person):
    follow = FollowFactory(pk=person.pk, person=person, kind="theme", key=ThemeFactory().slug)
    stop, unfollow = (path.rstrip("/").rpartition("/")[2] for path in (stop_path(person), unfollow_path(follow)))
    assert browser.post(f"/ar/participation/digests/stop/{unfollow}/").status_code == 404
    assert browser.post(f"/ar/participation/following/stop/{stop}/").status_code == 404
    other = UserFactory()
    assert browser.post(f"/ar/participation/digests/stop/{other.pk}.{stop.partition('.')[2]}/").status_code == 404
    assert frequency(other) == "weekly"
    assert frequency(person) == "daily"


def test_a_person_makes_earlier_links_void(client, browser, person):
    old = stop_path(person)
    client.force_login(person)
    client.post("/ar/account/following/", {"action": "renew"})
    assert browser.post(old).status_code == 404
    person.refresh_from_db()
    assert browser.post(stop_path(person)).status_code == 200
    renew_links(person)


@pytest.mark.parametrize("token", ["x", "1", "1.", ".x", "1.x", "9" * 400, "9" * 400 + ".x", "١.x", "1.%00", "1.é", "-1.x"])
def test_a_forged_link_is_told_so_in_words(browser, portal_site, token):
    for path in ("digests", "following"):
        answer = browser.post(f"/ar/participation/{path}/stop/{token}/")
        assert answer.status_code == 404
        assert "account/following" in answer.content.decode()


def test_headers_let_mailboxes_stop_in_one_click(settings, person):
    settings.DEFAULT_FROM_EMAIL = "Moucharaka <portal@example.org>"
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    reader = Reader(person.pk, person.email, person.display_name, "ar", person.mail_links)
    made = letter(reader, Content([], 0), 7, DigestFrequency.DAILY)
    message = made.message()
    assert message["List-Unsubscribe"] == f"<http://localhost:8000{stop_path(person)}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"] == f"<digest.{links.bounce_token(7)}@example.org>"
    assert message["From"] == "Moucharaka <portal@example.org>"
    assert made.from_email == f"bounces+{links.bounce_token(7)}@example.org"
    assert len(made.from_email.partition("@")[0]) <= 64  # RFC 5321, 4.5.3.1.1
    assert not mail.outbox
