"""Health: alive without a database, ready only when pages can be answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from portal.operations import health
from search.domain import Backlog
from search.engines import EngineMissingError


class FakeEngine:
    """An engine with three documents, or none at all."""

    def __init__(self, missing: bool = False) -> None:
        self.missing = missing

    def count(self) -> int:
        if self.missing:
            raise EngineMissingError
        return 3


@pytest.fixture(autouse=True)
def _all_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "get_engine", FakeEngine)
    monkeypatch.setattr(health, "backlog", lambda: Backlog(0, None))


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    """Return the status of /readyz and its checks."""
    response = client.get("/readyz")
    assert response.json()["ready"] is (response.status_code == 200)
    return response.status_code, {name: check["ready"] for name, check in response.json()["checks"].items()}


def test_alive_without_asking_the_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405


@pytest.mark.django_db
def test_ready(client: Client) -> None:
    assert ready(client) == (200, {"database": True, "search": True, "backlog": True})


@pytest.mark.django_db
def test_not_ready_without_an_index(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "get_engine", lambda: FakeEngine(missing=True))
    assert ready(client) == (503, {"database": True, "search": False, "backlog": True})


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "expected"), [(health.PATIENCE / 2, 200), (health.PATIENCE + timedelta(seconds=1), 503)])
def test_ready_while_changes_reach_the_index_in_time(
    client: Client, monkeypatch: pytest.MonkeyPatch, age: timedelta, expected: int
) -> None:
    monkeypatch.setattr(health, "backlog", lambda: Backlog(4, timezone.now() - age))
    assert ready(client)[0] == expected


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def cursor(self) -> None:
            raise DatabaseError("gone")

    def gone() -> Backlog:
        raise DatabaseError("gone")

    monkeypatch.setattr(health, "connection", Broken())
    monkeypatch.setattr(health, "backlog", gone)
    assert ready(client) == (503, {"database": False, "search": True, "backlog": False})
