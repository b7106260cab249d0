"""The page cache: who is answered from it, what ends a page, and what must never be kept."""

import datetime
import gzip
import threading

import brotli
import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Page

from portal.base import clock
from portal.operations import content_version
from portal.operations.page_cache import PageCacheMiddleware
from portal.operations.page_cache.store import MEGABYTE, Store, store
from portal.participation import domain as participation
from portal.people.models import User
from search.models import QueryCount
from sessions.models import SessionPage, Speaker
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


@pytest.fixture(autouse=True)
def _cache(settings):
    settings.PAGE_CACHE = True
    store.clear()
    yield
    store.clear()


@pytest.fixture
def plain(portal_site):
    """A plain page that was asked for once."""
    page = StandardPageFactory(parent=portal_site.homes["fr"], title="Premier titre", slug="apropos")
    assert Client().get("/fr/apropos/").status_code == 200
    return page


@pytest.fixture
def kept(django_assert_num_queries):
    """Ask for an address that must be answered from the cache: the version of the content is all that is read."""

    def ask(path, client=None, **options):
        with django_assert_num_queries(1):
            return (client or Client()).get(path, **options)

    return ask


def text(response):
    return response.content.decode()


# --- What ends a page -------------------------------------------------------------------------------------------------------


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
    comment = participation.add_comment(practice.translation_key, "Bravo à tous", "fr", UserFactory())
    assert "Bravo à tous" in text(Client().get(practice.url))
    assert "Bravo à tous" in text(kept(practice.url))
    participation.hide(comment, moderator)
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


# --- The clock --------------------------------------------------------------------------------------------------------------


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


# --- Who is answered --------------------------------------------------------------------------------------------------------


def test_a_signed_in_reader_is_answered_anew_and_leaves_no_trace(portal_site, client, participant, kept):
    practice = PracticePageFactory(parent=portal_site.libraries["fr"])
    client.force_login(participant)
    for _ in range(2):
        response = client.get(practice.url)
        assert participant.display_name in text(response)
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert "ETag" not in response.headers
    assert participant.display_name not in text(Client().get(practice.url))
    assert participant.display_name not in text(kept(practice.url))
    assert participant.display_name in text(client.get(practice.url))


@pytest.mark.parametrize("name", ["sessionid", "messages", "anything"])
def test_whoever_bears_an_unknown_cookie_is_answered_anew(plain, name, django_assert_num_queries):
    client = Client()
    client.cookies[name] = "x"
    with pytest.raises(pytest.fail.Exception), django_assert_num_queries(1):
        client.get("/fr/apropos/")


def test_harmless_cookies_are_no_hindrance(plain, kept):
    client = Client()
    client.cookies["csrftoken"] = "x" * 32
    kept("/fr/apropos/", client=client)


def test_what_sets_a_cookie_is_not_kept(portal_site):
    first, second = Client().get("/fr/account/login/"), Client().get("/fr/account/login/")
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value


@pytest.mark.parametrize(
    ("status", "headers", "is_kept"),
    [
        (200, {}, True),
        (404, {}, False),
        (302, {}, False),
        (500, {}, False),
        (200, {"Cache-Control": "private"}, False),
        (200, {"Cache-Control": "no-store"}, False),
        (200, {"Cache-Control": "max-age=60"}, True),
        (200, {"Vary": "Accept-Language"}, False),
        (200, {"Vary": "Cookie, Accept-Encoding"}, True),
        (200, {"Content-Encoding": "gzip"}, False),
    ],
)
def test_only_what_is_the_same_for_everybody_is_kept(portal_site, status, headers, is_kept):
    made = []

    def make(request):
        made.append(1)
        return HttpResponse("x" * 300, status=status, headers=headers)

    for _ in range(2):
        assert PageCacheMiddleware(make)(RequestFactory().get("/fr/x/")).status_code == status
    assert len(made) == (1 if is_kept else 2)


@pytest.mark.parametrize("path", ["/cms/login/", "/healthz", "/", "/media/x", "/fr/account/login/", "/de/", "/api/search/"])
def test_what_is_no_public_page_is_not_kept(portal_site, path, django_assert_num_queries):
    made = []
    middleware = PageCacheMiddleware(lambda request: made.append(1) or HttpResponse("x"))
    for _ in range(2):
        middleware(RequestFactory().get(path))
    assert len(made) == 2


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_writes_are_not_kept(portal_site, method):
    made = []
    middleware = PageCacheMiddleware(lambda request: made.append(1) or HttpResponse("x"))
    for _ in range(2):
        middleware(getattr(RequestFactory(), method)("/fr/"))
    assert len(made) == 2


def test_without_its_setting_there_is_no_cache(plain, settings, django_assert_num_queries):
    settings.PAGE_CACHE = False
    with pytest.raises(pytest.fail.Exception), django_assert_num_queries(1):
        Client().get("/fr/apropos/")


# --- Addresses --------------------------------------------------------------------------------------------------------------


def test_languages_and_hosts_are_kept_apart(portal_site, settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    for _ in range(2):
        for language in ("ar", "fr", "en"):
            assert f'lang="{language}"' in text(Client().get(f"/{language}/sessions/", headers={"host": "a.example"}))
        for host in ("a.example", "b.example"):
            assert f'rel="canonical" href="http://{host}/fr/"' in text(Client().get("/fr/", headers={"host": host}))


def test_a_foreign_host_is_refused_whatever_is_kept(plain):
    for _ in range(2):
        assert Client().get("/fr/apropos/", headers={"host": "evil.example"}).status_code == 400


def test_the_order_of_filters_makes_no_other_page(portal_site, kept):
    PracticePageFactory(parent=portal_site.libraries["fr"])
    Client().get("/fr/practices/?theme=school-transport&outcome=accepted")
    kept("/fr/practices/?outcome=accepted&theme=school-transport")


def test_filters_are_kept_apart(portal_site):
    PracticePageFactory(parent=portal_site.libraries["fr"], title="Transport", outcome="accepted")
    for _ in range(2):
        assert "Transport" not in text(Client().get("/fr/practices/?outcome=rejected"))


@pytest.mark.parametrize("question", ["fbclid=abc", "utm_source=x&utm_medium=y"])
def test_what_social_networks_add_makes_no_other_page(plain, kept, question):
    response = kept(f"/fr/apropos/?{question}")
    assert question.partition("=")[0] not in text(response)
    store.clear()
    assert question.partition("=")[0] not in text(Client().get(f"/fr/apropos/?{question}"))


@pytest.mark.parametrize("question", ["anything=1", "page=" + "9" * 600, "theme=%ff", "q=eau", "x" * MEGABYTE])
def test_unknown_and_monstrous_questions_are_answered_and_not_kept(portal_site, question, django_assert_num_queries):
    for _ in range(2):
        response = Client().get(f"/fr/practices/?{question}")
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-cache"


def test_every_question_is_still_counted(portal_site):
    for _ in range(3):
        Client().get("/fr/search/?q=transport")
    assert QueryCount.objects.get().count == 3


def test_the_fragment_for_htmx_is_kept_apart_from_the_page(portal_site, kept):
    PracticePageFactory(parent=portal_site.libraries["fr"])
    path, htmx = "/fr/practices/?outcome=accepted", {"hx-request": "true"}
    for _ in range(2):
        assert "<html" in text(Client().get(path))
        assert "<html" not in text(Client().get(path, headers=htmx))
    assert "<html" not in text(kept(path, headers=htmx))
    restored = Client().get(path, headers={**htmx, "hx-history-restore-request": "true"})
    assert "<html" in text(restored)


# --- Bytes ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_each_browser_gets_the_encoding_that_it_takes(plain, kept, accepted, encoding, read):
    same = text(kept("/fr/apropos/"))
    response = kept("/fr/apropos/", headers={"accept-encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert read(response.content).decode() == same
    assert int(response.headers["Content-Length"]) == len(response.content)
    assert {"Accept-Encoding", "Cookie"} <= {name.strip() for name in response.headers["Vary"].split(",")}
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_a_browser_that_has_the_page_is_told_so(plain, kept):
    tags = {
        encoding: kept("/fr/apropos/", headers={"accept-encoding": encoding}).headers["ETag"] for encoding in ("br", "gzip", "")
    }
    assert len(set(tags.values())) == 3
    for known in (tags["br"], f"W/{tags['br']}", f'"other", {tags["br"]}', "*"):
        response = kept("/fr/apropos/", headers={"accept-encoding": "br", "if-none-match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == tags["br"]
        assert response.headers["Cache-Control"] == "no-cache"
    assert kept("/fr/apropos/", headers={"accept-encoding": "br", "if-none-match": tags["gzip"]}).status_code == 200
    plain.title = "Second titre"
    plain.save_revision().publish()
    response = Client().get("/fr/apropos/", headers={"accept-encoding": "br", "if-none-match": tags["br"]})
    assert response.status_code == 200


def test_head_has_the_headers_of_get_and_no_body(portal_site, kept):
    for head, get in ((Client().head("/fr/"), Client().get("/fr/")), (Client().head("/fr/"), kept("/fr/"))):
        assert head.content == b""
        for name in ("Content-Length", "ETag", "Content-Type", "Vary"):
            assert head.headers[name] == get.headers[name]


# --- Many at once -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def version(monkeypatch):
    """A version that is always the same, so that threads need no database."""
    monkeypatch.setattr(content_version, "current", lambda: content_version.Version(1, 1))


def test_of_many_who_ask_at_once_one_makes_the_page(version):
    made, may_go, arrived = [], threading.Event(), threading.Barrier(9, timeout=10)

    def slow(request):
        made.append(1)
        may_go.wait(10)
        return HttpResponse("x" * 300)

    middleware, answers = PageCacheMiddleware(slow), []

    def ask():
        arrived.wait()
        answers.append(middleware(RequestFactory().get("/fr/x/")).content)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    arrived.wait()
    may_go.set()
    for thread in threads:
        thread.join(10)
    assert answers == [b"x" * 300] * 8
    assert len(made) == 1


def test_an_old_page_that_is_still_right_serves_while_it_is_made_anew(version):
    making, may_go, titles = threading.Event(), threading.Event(), iter(["first", "second"])

    def make(request):
        clock.now()
        if (title := next(titles)) == "second":
            making.set()
            may_go.wait(10)
        return HttpResponse(title)

    middleware = PageCacheMiddleware(make)

    def ask(seconds):
        with clock.at(START + datetime.timedelta(seconds=seconds)):
            return text(middleware(RequestFactory().get("/fr/x/")))

    assert ask(0) == "first"
    renewing = threading.Thread(target=ask, args=[20])
    renewing.start()
    assert making.wait(10)
    assert ask(20) == "first"
    may_go.set()
    renewing.join(10)
    assert ask(20) == "second"


def test_a_page_that_fails_holds_up_nobody(version):
    def fail(request):
        raise ValueError("broken")

    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            PageCacheMiddleware(fail)(RequestFactory().get("/fr/x/"))


def test_memory_is_bounded_and_questions_push_out_no_page(version):
    page = "x" * 200_000
    middleware = PageCacheMiddleware(lambda request: HttpResponse(page))
    middleware(RequestFactory().get("/fr/"))
    for number in range(300):
        middleware(RequestFactory().get("/fr/practices/", {"page": number}))
    for number in range(300):
        middleware(RequestFactory().get(f"/fr/practices/{number}/"))
        middleware(RequestFactory().get("/fr/"))
    assert store._questions.size <= store._questions.limit
    assert store._pages.size <= store._pages.limit
    assert any(key.path == "/fr/" for key in store._pages.entries)
    assert len(store._questions.entries) > 10


def test_too_large_a_page_is_not_kept(version):
    made = []
    middleware = PageCacheMiddleware(lambda request: made.append(1) or HttpResponse(b"x" * (MEGABYTE + 1)))
    for _ in range(2):
        middleware(RequestFactory().get("/fr/x/"))
    assert len(made) == 2


def test_refused_addresses_are_forgotten_in_time():
    shop = Store()
    for number in range(5000):
        shop.refuse(number)
    assert len(shop._unkept) <= 2000


# --- Versions ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "changes"),
    [
        ('UPDATE "wagtailcore_page" SET "title" = %s WHERE "id" = %s', "content"),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "latest_revision_id" = %s WHERE "id" = %s', None),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "live" = %s WHERE "id" = %s', "content"),
        ('UPDATE "wagtailcore_page" SET "draft_title" = CASE WHEN 1 THEN "x" END', "content"),
        ('INSERT INTO "participation_comment" ("text") VALUES (%s)', "activity"),
        ('DELETE FROM "participation_tagging" WHERE "id" IN (%s)', "activity"),
        ('INSERT OR IGNORE INTO "vocabulary_theme" ("slug") VALUES (%s)', "content"),
        ("update home_keyfigure set value = '1'", "content"),
        ('INSERT INTO "people_user" ("email") VALUES (%s)', None),
        ('UPDATE "people_user" SET "last_login" = %s WHERE "id" = %s', None),
        ('UPDATE "people_user" SET "display_name" = %s WHERE "id" = %s', "content"),
        ('INSERT INTO "search_outboxentry" ("key") VALUES (%s)', None),
        ('DELETE FROM "search_outboxentry" WHERE "id" IN (%s)', "content"),
        ('INSERT INTO "a_table_that_comes_later" ("x") VALUES (%s)', "content"),
        ('UPDATE "django_session" SET "session_data" = %s', None),
        ('SAVEPOINT "s1"', None),
    ],
)
def test_which_writes_change_which_version(sql, changes):
    statement = content_version.drawn_by(sql)
    assert (statement.rsplit(" ", 3)[-3] if statement else None) == changes


def test_a_write_that_is_rolled_back_changes_nothing(plain, kept):
    with transaction.atomic():
        Page.objects.filter(pk=plain.pk).update(title="Second titre")
        transaction.set_rollback(True)
    assert "Premier titre" in text(kept("/fr/apropos/"))


@pytest.mark.django_db(transaction=True)
def test_a_write_outside_of_a_transaction_changes_the_version_with_it():
    content_version.current()
    seen = []
    for make in (lambda: Speaker.objects.create(slug="a", name_ar="أ"), lambda: Speaker.objects.update(name_ar="ب")):
        make()
        seen.append(content_version.current())
    assert None not in seen
    assert seen[0].content != seen[1].content
    assert SessionPage.objects.count() == 0
