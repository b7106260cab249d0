"""Files with ranges, as RFC 9110 says, and nothing outside their folder."""

import os

import pytest
from django.test import RequestFactory
from django.utils.http import http_date

from portal.base.media import Access, Span, Unsatisfiable, guard, parse_range, saves_data
from portal.base.media import _guards as guards

pytestmark = pytest.mark.django_db  # the page that says 404 asks for its footer

DATA = bytes(range(256)) * 40
SIZE = len(DATA)


@pytest.fixture
def film(settings, tmp_path):
    """A file in a folder of media; every answer comes from there."""
    settings.MEDIA_ROOT = tmp_path / "media"
    path = tmp_path / "media" / "images" / "film.mp4"
    path.parent.mkdir(parents=True)
    path.write_bytes(DATA)
    os.utime(path, (1_600_000_000, 1_600_000_000))
    (tmp_path / "secret.txt").write_text("secret")
    return path


def get(client, **headers):
    return client.get("/media/images/film.mp4", headers=headers)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", Span(0, 1)),
        ("bytes=0-", Span(0, 100)),
        ("bytes=10-19", Span(10, 10)),
        ("bytes=99-", Span(99, 1)),
        ("bytes=90-1000", Span(90, 10)),
        ("bytes=-1", Span(99, 1)),
        ("bytes=-1000", Span(0, 100)),
        ("BYTES = 5-6", Span(5, 2)),
        (" bytes=5-6 ", Span(5, 2)),
        ("", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=6-5", None),
        ("bytes=a-b", None),
        ("bytes=1.5-2", None),
        ("bytes=٠-٩", None),
        ("bytes=0-1,5-6", None),
        ("items=0-5", None),
        ("0-5", None),
        ("bytes=0-" + "9" * 1000, None),
    ],
)
def test_ranges(header, expected):
    assert parse_range(header, 100) == expected


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=100-", 100), ("bytes=100-200", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-5", 0)]
)
def test_ranges_that_cannot_be(header, size):
    with pytest.raises(Unsatisfiable):
        parse_range(header, size)


def test_the_whole_file(client, film):
    response = get(client)
    assert response.status_code == 200
    assert body(response) == DATA
    assert response["Content-Length"] == str(SIZE)
    assert response["Content-Type"] == "video/mp4"
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none';")
    assert "sandbox" not in response["Content-Security-Policy"]
    assert "Content-Disposition" not in response


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=5-9", 5, 9), ("bytes=-7", SIZE - 7, SIZE - 1), ("bytes=10000-", 10000, SIZE - 1)]
)
def test_a_part(client, film, asked, first, last):
    response = get(client, Range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == DATA[first : last + 1]


def test_a_part_behind_the_end(client, film):
    response = get(client, Range=f"bytes={SIZE}-")
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert response.content == b""


def test_head_says_all_and_sends_nothing(client, film):
    response = client.head("/media/images/film.mp4", headers={"Range": "bytes=0-4"})
    assert response.status_code == 200
    assert response["Content-Length"] == str(SIZE)
    assert response["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in response


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_is_written(client, film, method):
    assert getattr(client, method)("/media/images/film.mp4").status_code == 405


def test_what_the_reader_has_is_not_sent_again(client, film):
    first = get(client)
    again = get(client, **{"If-None-Match": first["ETag"], "Range": "bytes=0-4"})
    assert again.status_code == 304
    assert again["ETag"] == first["ETag"]
    assert get(client, **{"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert get(client, **{"If-Match": '"other"'}).status_code == 412


@pytest.mark.parametrize("condition", ["etag", "date"])
def test_a_part_of_the_file_that_was_begun(client, film, condition):
    first = get(client)
    value = first["ETag"] if condition == "etag" else first["Last-Modified"]
    assert get(client, **{"Range": "bytes=0-4", "If-Range": value}).status_code == 206
    film.write_bytes(DATA[::-1])
    response = get(client, **{"Range": "bytes=0-4", "If-Range": value})
    assert response.status_code == 200
    assert body(response) == DATA[::-1]


@pytest.mark.parametrize("condition", ['"other"', "W/{etag}", http_date(0), "nonsense", ""])
def test_another_condition_sends_the_whole(client, film, condition):
    etag = get(client)["ETag"]
    assert get(client, **{"Range": "bytes=0-4", "If-Range": condition.format(etag=etag)}).status_code == 200


def test_media_is_never_compressed(client, film):
    (film.parent / "line.svg").write_text("<svg>" + " " * 5000 + "</svg>")
    response = client.get("/media/images/line.svg", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response
    assert "sandbox" in response["Content-Security-Policy"]
    assert len(body(response)) == 5011


@pytest.mark.parametrize(
    ("name", "shown"), [("a.jpg", True), ("a.m4a", True), ("a.html", False), ("a.pdf", False), ("a", False), ("a.js", False)]
)
def test_only_pictures_sound_and_video_open_in_the_browser(client, film, name, shown):
    (film.parent / name).write_bytes(b"x")
    assert ("Content-Disposition" in client.get(f"/media/images/{name}")) is not shown


@pytest.mark.parametrize(
    "path",
    [
        "",
        "images",
        "images/",
        "images/none.mp4",
        "../secret.txt",
        "images/../../secret.txt",
        "images/..%2f..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "images//film.mp4",
        "images/./film.mp4",
        "images\\film.mp4",
        "images/film.mp4%00",
        "images/.hidden",
        "images/" + "a" * 5000,
        "images/%ed%a0%80.mp4",
        "images/out.txt",
        "images/loop",
        "images/pipe",
    ],
)
def test_nothing_else_is_found(client, film, path):
    (film.parent / ".hidden").write_text("x")
    (film.parent / "out.txt").symlink_to(film.parents[2] / "secret.txt")
    (film.parent / "loop").symlink_to(film.parent / "loop")
    os.mkfifo(film.parent / "pipe")
    assert client.get(f"/media/{path}", follow=True).status_code == 404


def test_a_guard_decides_who_may_and_how_long_it_is_kept(client, film, monkeypatch):
    monkeypatch.setattr("portal.base.media._guards", dict(guards))
    for access, status in ((Access.EVERYBODY, 200), (Access.THIS_PERSON, 200), (Access.NOBODY, 404)):
        guard("images", lambda request, path, access=access: access)
        response = get(client)
        assert response.status_code == status
        if status == 200:
            assert response["Cache-Control"] == access.value


def test_documents_are_not_served_here(client, film):
    (film.parents[1] / "documents").mkdir()
    (film.parents[1] / "documents" / "a.pdf").write_bytes(b"x")
    assert client.get("/media/documents/a.pdf").status_code == 404


@pytest.mark.parametrize(("value", "saves"), [("on", True), (" On ", True), ("off", False), ("", False), (None, False)])
def test_asking_for_little_data(value, saves):
    request = RequestFactory().get("/", headers={"Save-Data": value} if value is not None else {})
    assert saves_data(request) is saves
