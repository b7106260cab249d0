"""Who is answered from the cache, and what tells two requests apart."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from portal.operations.page_cache import PageCacheMiddleware
from portal.operations.page_cache.store import MEGABYTE, store
from search.models import QueryCount
from tests.factories import (
    PracticePageFactory,
)


def text(response):
    return response.content.decode()


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
