"""Ranges through the real server: the demonstration recordings, played as a browser plays them."""

import http.client
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from tests.operations.serving import PortalServer


def ask(server: PortalServer, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    place = urlsplit(server.url)
    with closing(http.client.HTTPConnection(place.hostname, place.port, timeout=30)) as connection:
        connection.request(method, path, headers={"Accept-Encoding": "gzip, br", **headers})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


def test_a_recording_is_sent_in_parts(server: PortalServer) -> None:
    film = max((server.var_dir / "media" / "recordings").rglob("*.mp4"), key=lambda path: path.stat().st_size)
    data = film.read_bytes()
    path = f"/media/{film.relative_to(server.var_dir / 'media')}"
    assert ask(server, path)[2] == data
    for asked, start, end in (("0-0", 0, 0), ("1000-400000", 1000, 400_000), ("-5000", len(data) - 5000, len(data) - 1)):
        status, headers, body = ask(server, path, Range=f"bytes={asked}")
        assert status == 206
        assert headers["content-range"] == f"bytes {start}-{end}/{len(data)}"
        assert headers["content-length"] == str(len(body))
        assert "content-encoding" not in headers
        assert body == data[start : end + 1]
    status, headers, body = ask(server, path, Range=f"bytes={len(data)}-")
    assert (status, headers["content-range"], body) == (416, f"bytes */{len(data)}", b"")
    status, headers, body = ask(server, path, method="HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(data)), b"")
    assert "Traceback" not in server.log()


def test_parts_follow_one_another_on_one_connection(server: PortalServer) -> None:
    film = next((server.var_dir / "media" / "recordings").rglob("audio.m4a"))
    path, data, place = f"/media/{film.relative_to(server.var_dir / 'media')}", film.read_bytes(), urlsplit(server.url)
    with closing(http.client.HTTPConnection(place.hostname, place.port, timeout=30)) as connection:
        for start in range(0, len(data), 100_000):
            connection.request("GET", path, headers={"Range": f"bytes={start}-{start + 99_999}"})
            response = connection.getresponse()
            assert response.status == 206
            assert response.read() == data[start : start + 100_000]


def test_what_is_not_there_is_not_found(server: PortalServer) -> None:
    assert Path(server.var_dir / "portal.sqlite3").exists()
    for path in ("/media/../portal.sqlite3", "/media/%2e%2e/portal.sqlite3", "/media/recordings/"):
        assert ask(server, path)[0] in (302, 404)
