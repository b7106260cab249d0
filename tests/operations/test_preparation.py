"""Steps that have nothing to do do nothing."""

from pathlib import Path

import pytest

from portal.operations import preparation
from search.engines import EngineMissingError

Calls = list[str]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Return the names of the management commands that are called, without running them."""
    names: Calls = []
    monkeypatch.setattr(preparation, "call_command", lambda name, **_: names.append(name))
    return names


@pytest.fixture
def static_source(settings, tmp_path: Path) -> Path:
    """Return a source folder with one static file, stored under the test's own folder."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("a{}")
    (tmp_path / "collected").mkdir()
    (tmp_path / "collected" / "staticfiles.json").write_text("{}")
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "collected"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    return source


def test_static_files_are_collected_once(static_source: Path, calls: Calls) -> None:
    assert preparation.collect_static() == "hashed and compressed"
    assert preparation.collect_static() == "up to date"
    assert calls == ["collectstatic"]


def test_static_files_are_collected_again_after_a_change(static_source: Path, calls: Calls) -> None:
    preparation.collect_static()
    (static_source / "site.css").write_text("a{color:red}")
    assert preparation.collect_static() == "hashed and compressed"
    assert calls == ["collectstatic"] * 2


def test_a_failed_collection_is_tried_again(static_source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(name: str, **_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(preparation, "call_command", full)
    for _ in range(2):
        with pytest.raises(OSError, match="No space"):
            preparation.collect_static()


@pytest.mark.django_db
def test_nothing_to_migrate(calls: Calls) -> None:
    assert preparation.migrate() == "up to date"
    assert calls == []


@pytest.mark.parametrize(("missing", "command"), [(True, "search_rebuild"), (False, "search_sync")])
def test_the_index_is_built_only_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, calls: Calls, missing: bool, command: str
) -> None:
    class Engine:
        def count(self) -> int:
            if missing:
                raise EngineMissingError
            return 1

    monkeypatch.setattr(preparation, "get_engine", Engine)
    preparation.index_search()
    assert calls == [command]
