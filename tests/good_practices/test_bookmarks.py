"""Bookmarks: in the browser without an account, in the account once signed in; hostile cookies harm nobody."""

import csv
import io
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from portal.participation import bookmarks
from portal.participation.models import Bookmark, Subject
from tests.factories import PASSWORD, PracticePageFactory, UserFactory

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
CHANGE = "/en/practices/bookmarks/change/"
LIST = "/en/practices/bookmarks/"


@pytest.fixture
def library(portal_site):
    return portal_site.libraries["en"]


def keep(client, page, on="1", **headers):
    return client.post(CHANGE, {"practice": page.translation_key, "on": on}, **(OURS | headers))


def titles(client):
    return [page.title for page in client.get(LIST).context["practices"]]


def test_without_an_account_the_browser_keeps_them_the_newest_first(client, library):
    first, second = PracticePageFactory.create_batch(2, parent=library)
    assert keep(client, first).status_code == 302
    keep(client, second)
    assert titles(client) == [second.title, first.title]
    keep(client, first, on="0")
    assert titles(client) == [second.title]
    assert not Bookmark.objects.exists()


def test_a_form_leads_back_to_the_practice_and_never_elsewhere(client, library):
    page = PracticePageFactory(parent=library)
    back = keep(client, page, HTTP_REFERER=f"http://testserver{page.url}").url
    assert back == f"{page.url}#bookmarked-{bookmarks.code_of(page.translation_key)}"
    for elsewhere in ("https://evil.example/x", "http://testserver@evil.example/", "http://[", "//evil.example"):
        assert keep(client, page, HTTP_REFERER=elsewhere).url == LIST


def test_a_script_is_answered_without_a_body(client, library):
    answer = keep(client, PracticePageFactory(parent=library), HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.cookies["bookmarks"].value


def test_other_sites_cannot_change_them(client, library):
    page = PracticePageFactory(parent=library)
    assert keep(client, page, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


@pytest.mark.parametrize("value", ["", "x", "\x00", "1" * 1_000_000, str(uuid4())])
def test_what_is_no_published_practice_is_refused(client, library, value):
    assert client.post(CHANGE, {"practice": value}, **OURS).status_code == 404


def test_a_draft_cannot_be_kept(client, library):
    assert keep(client, PracticePageFactory(parent=library, live=False)).status_code == 404


@pytest.mark.parametrize("cookie", ["", ".", "zzzzzzzzzz", "0123456789", "'; DROP TABLE", "a" * 5000, "-0123456789.+0123456789"])
def test_a_strange_cookie_shows_nothing_and_breaks_nothing(client, library, cookie):
    client.cookies["bookmarks"] = cookie
    assert titles(client) == []


def test_they_are_shown_in_the_reader_s_language(client, portal_site):
    arabic = PracticePageFactory(parent=portal_site.libraries["ar"])
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=arabic)
    keep(client, arabic)
    assert titles(client) == [french.title]  # English readers are served French before Arabic


def test_signing_in_brings_them_into_the_account_and_signing_out_leaves_none(client, library):
    kept_before, kept_here = PracticePageFactory.create_batch(2, parent=library)
    person = UserFactory()
    Bookmark.objects.create(person=person, subject=Subject.of(kept_before.translation_key))
    keep(client, kept_here)
    for _ in range(2):  # again changes nothing
        client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
        assert titles(client) == [kept_here.title, kept_before.title]
    answer = client.post("/en/account/logout/")
    assert answer.cookies["bookmarks"].value == ""
    assert titles(client) == []
    assert person.bookmarks.count() == 2


def test_an_account_s_bookmarks_are_changed_there(client, library):
    page = PracticePageFactory(parent=library)
    person = UserFactory()
    client.force_login(person)
    keep(client, page)
    keep(client, page)
    assert person.bookmarks.count() == 1
    keep(client, page, on="0")
    assert person.bookmarks.count() == 0


def test_a_full_list_says_so_and_loses_nothing(client, library, monkeypatch):
    monkeypatch.setattr(bookmarks, "LIMIT", 1)
    first, second = PracticePageFactory.create_batch(2, parent=library)
    keep(client, first)
    answer = keep(client, second)
    assert answer.status_code == 409
    assert "at most 1 bookmarks" in answer.content.decode()
    assert titles(client) == [first.title]


def test_what_does_not_fit_into_the_account_is_left_out(rf, library, monkeypatch):
    pages = PracticePageFactory.create_batch(3, parent=library)
    monkeypatch.setattr(bookmarks, "LIMIT", 2)
    request = rf.get("/")
    request.COOKIES["bookmarks"] = ".".join(bookmarks.code_of(page.translation_key) for page in pages)
    person = UserFactory()
    assert len(bookmarks.join_account(person, request)) == 2
    request.user = person
    with pytest.raises(ValidationError):
        bookmarks.change(request, pages[2].translation_key, True)


def test_they_can_be_taken_along_and_obey_no_formula(client, library):
    keep(client, PracticePageFactory(parent=library, title="=1+1"))
    answer = client.get("/en/practices/bookmarks/export.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][0] == "'=1+1"
    assert answer.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("number", [2, 20])
def test_the_list_costs_the_same_however_long(client, library, number, django_assert_num_queries):
    pages = PracticePageFactory.create_batch(number, parent=library)
    client.cookies["bookmarks"] = ".".join(bookmarks.code_of(page.translation_key) for page in pages)
    client.get(LIST)
    with django_assert_num_queries(8):
        assert len(titles(client)) == number


def test_the_longest_list_fits_in_a_cookie(rf, db):
    from django.http import HttpResponse

    response = HttpResponse()
    bookmarks.remember(rf.get("/"), response, [uuid4() for _ in range(500)])
    assert len(response.cookies["bookmarks"].OutputString()) < 4096
