"""What ends a page that is kept: a write that visitors can see, and the clock."""

import datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Page

from portal.base import clock
from portal.operations.page_cache import PageCacheMiddleware
from portal.participation.domain.comments import add_comment
from portal.participation.domain.moderation import hide
from portal.people.models import User
from sessions.models import Speaker
from tests.factories import (
    CommentFactory,
    PracticePageFactory,
    RecordingFactory,
    SessionPageFactory,
    SpeakerFactory,
    StandardPageFactory,
    UserFactory,
)

START = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def text(response):
    return response.content.decode()


def test_a_page_is_made_once(plain, kept):
    assert "Premier titre" in text(kept("/fr/apropos/"))


def test_publishing_shows_at_once(plain):
    plain.title = "Second titre"
    plain.save_revision().publish()
    assert "Second titre" in text(Client().get("/fr/apropos/"))


def test_a_draft_ends_nothing(plain, kept):
    plain.title = "Brouillon"
    plain.save_revision()
    assert "Premier titre" in text(kept("/fr/apropos/"))


def test_unpublishing_deleting_and_moving_show_at_once(portal_site, plain):
    other = StandardPageFactory(parent=portal_site.homes["fr"], slug="autre")
    plain.move(other, "last-child")
    assert Client().get("/fr/apropos/").headers["Location"] == "/fr/autre/apropos/"
    assert Client().get("/fr/autre/apropos/").status_code == 200
    Page.objects.get(pk=plain.pk).unpublish()
    assert Client().get("/fr/autre/apropos/").status_code == 404
    Client().get("/fr/autre/")
    Page.objects.get(pk=other.pk).delete()
    assert Client().get("/fr/autre/").status_code == 404


@pytest.mark.parametrize(
    "write",
    [
        lambda page: Page.objects.filter(pk=page.pk).update(title="Second titre"),
        lambda page: Page.objects.bulk_update([_renamed(page)], ["title"]),
        lambda page: _raw("UPDATE wagtailcore_page SET title = 'Second titre' WHERE id = %s", [page.pk]),
    ],
)
def test_a_write_without_signals_shows_at_once(plain, write):
    write(plain)
    assert "Second titre" in text(Client().get("/fr/apropos/"))


def _renamed(page):
    page.title = "Second titre"
    return page


def _raw(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_a_change_of_what_a_page_shows_along_shows_at_once(portal_site):
    speaker = SpeakerFactory(name_fr="Ancien nom")
    session = SessionPageFactory(parent=portal_site.workshops["fr"], speakers=[speaker])
    for path in (session.url, "/fr/sessions/"):
        assert "Ancien nom" in text(Client().get(path))
    Speaker.objects.filter(pk=speaker.pk).update(name_fr="Nouveau nom")
    for path in (session.url, "/fr/sessions/"):
        assert "Nouveau nom" in text(Client().get(path))
    RecordingFactory(page=session)
    assert "video.example.org" in text(Client().get(session.url))


def test_a_comment_shows_at_once_and_vanishes_at_once(portal_site, moderator, kept):
    practice = PracticePageFactory(parent=portal_site.libraries["fr"])
    Client().get(practice.url)
    Client().get("/fr/sessions/")
    comment = add_comment(practice.translation_key, "Bravo à tous", "fr", UserFactory())
    assert "Bravo à tous" in text(Client().get(practice.url))
    assert "Bravo à tous" in text(kept(practice.url))
    hide(comment, moderator)
    assert "Bravo à tous" not in text(Client().get(practice.url))
    kept("/fr/sessions/")  # the programme shows no comment, and was not made again


def test_a_changed_name_shows_beside_comments(portal_site):
    practice = PracticePageFactory(parent=portal_site.libraries["fr"])
    comment = CommentFactory(page=practice, author=UserFactory(display_name="Aïcha"))
    assert "Aïcha" in text(Client().get(practice.url))
    User.objects.filter(pk=comment.author_id).update(display_name="Khadija")
    assert "Khadija" in text(Client().get(practice.url))


def test_what_the_index_learns_shows_at_once(portal_site, committed):
    assert "Nouvelle pratique" not in text(Client().get("/fr/practices/"))
    with committed():
        PracticePageFactory(parent=portal_site.libraries["fr"], title="Nouvelle pratique")
        Client().get("/fr/practices/")  # kept while the index does not know
    assert "Nouvelle pratique" in text(Client().get("/fr/practices/"))


def test_signing_up_and_in_end_nothing(plain, kept, client):
    user = UserFactory()
    client.force_login(user)
    user.save(update_fields=["last_login"])
    kept("/fr/apropos/")


def test_a_page_made_while_the_content_changed_is_made_again(plain):
    def change_meanwhile(request):
        page = HttpResponse(f"<p>{Page.objects.get(pk=plain.pk).title}</p>")
        Page.objects.filter(pk=plain.pk).update(title="Second titre")
        return page

    first, then = RequestFactory().get("/fr/x/"), RequestFactory().get("/fr/x/")
    assert "Premier" in text(PageCacheMiddleware(change_meanwhile)(first))
    assert "Second" in text(PageCacheMiddleware(change_meanwhile)(then))


def test_a_session_turns_live_and_over_to_the_second(portal_site, kept):
    session = SessionPageFactory(parent=portal_site.workshops["en"], starts_at=START, ends_at=START + HOUR)
    moments = [
        (-1, "To come"),
        (0, "Live now"),
        (3599, "Live now"),
        (3600, "Over"),
    ]
    for seconds, state in moments:
        with clock.at(START + datetime.timedelta(seconds=seconds)):
            for path in (session.url, "/en/sessions/"):
                assert state in text(Client().get(path))
                assert state in text(kept(path))


def test_a_page_that_asked_the_time_is_made_again_after_ten_seconds(portal_site, kept):
    SessionPageFactory(parent=portal_site.workshops["en"], starts_at=START)
    with clock.at(START - HOUR):
        Client().get("/en/sessions/")
    with clock.at(START - HOUR + datetime.timedelta(seconds=9)):
        kept("/en/sessions/")
    with clock.at(START - HOUR + datetime.timedelta(seconds=10)), pytest.raises(pytest.fail.Exception):
        kept("/en/sessions/")
