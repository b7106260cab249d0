"""The cache in a file: what Django promises of a cache, shared between threads and connections."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.base.file_cache import FileCache


@pytest.fixture
def make(tmp_path):
    """A new process's view of one and the same file."""
    return lambda **options: FileCache(str(tmp_path / "new" / "cache.sqlite3"), {"OPTIONS": options})


def test_what_one_process_keeps_another_finds(make):
    make().set("name", {"a": [1, "ع"]}, 60)
    assert make().get("name") == {"a": [1, "ع"]}


def test_what_is_too_old_is_not_found_and_can_be_added_anew(make):
    cache = make()
    cache.set("name", 1, 0)
    assert (cache.get("name"), cache.get("name", "nothing"), cache.touch("name")) == (None, "nothing", False)
    assert cache.add("name", 2, 60)
    assert not cache.add("name", 3, 60)
    assert cache.get("name") == 2


def test_what_has_no_time_limit_stays_and_can_be_forgotten(make):
    cache = make()
    cache.set("name", None, None)
    assert cache.get("name", "nothing") is None
    assert cache.touch("name", 60)
    assert (cache.delete("name"), cache.delete("name")) == (True, False)
    cache.set("name", 1)
    cache.clear()
    assert not cache.has_key("name")


def test_only_one_of_many_who_add_at_once_is_told_so(make):
    cache = make()
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda number: cache.add("lock", number, 60), range(200)))
    assert told.count(True) == 1


def test_no_count_is_lost(make):
    cache = make()
    cache.set("count", 0, 60)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _number: cache.incr("count"), range(200)))
    assert cache.get("count") == 200
    with pytest.raises(ValueError, match="not found"):
        cache.incr("unknown")


def test_there_is_an_end_to_what_is_kept(make, monkeypatch):
    monkeypatch.setattr("portal.base.file_cache._TIDIED_EVERY", 1000)
    cache = make(MAX_ENTRIES=30)
    for number in range(100):
        cache.set(f"name-{number}", number, 60 + number)
    cache._tidy()
    kept = [number for number in range(100) if cache.has_key(f"name-{number}")]
    assert kept == list(range(33, 100))


def test_the_file_names_nobody_and_what_is_too_old_leaves_it(make, tmp_path):
    cache = make()
    cache.set("from:192.0.2.77", "secret of yesterday", 0.001)
    cache.set("from:192.0.2.78", 1, 60)
    make().get("anything")
    files = [path.read_bytes() for path in (tmp_path / "new").iterdir()]
    assert files
    assert not any(b"192.0.2" in one for one in files)
    with sqlite3.connect(tmp_path / "new" / "cache.sqlite3") as rows:
        assert rows.execute("SELECT COUNT(*) FROM entry").fetchone() == (1,)


def test_where_the_file_cannot_be_used_nothing_is_added(tmp_path, caplog):
    (tmp_path / "cache.sqlite3").write_bytes(b"this is no database" * 100)
    cache = FileCache(str(tmp_path / "cache.sqlite3"), {})
    cache.set("name", 1)
    assert (cache.get("name"), cache.add("name", 1)) == (None, False)
    assert "cannot be used" in caplog.text
