"""The bytes that are sent, and many who ask at once."""

import datetime
import gzip
import threading

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from portal.base import clock
from portal.operations import content_version
from portal.operations.page_cache import PageCacheMiddleware
from portal.operations.page_cache.store import MEGABYTE, Store, store

START = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def text(response):
    return response.content.decode()


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
