"""The embedded engine keeps the contract, and its files survive what can happen to files."""

import sqlite3

import pytest

from portal.operations.preparation import index_search
from search import domain
from search.engines import Change, EngineMissingError, EngineUnavailableError, RebuildRunningError, _engine
from search.engines.embedded import EmbeddedEngine, columns
from search.query import SearchQuery
from search.service import search
from tests.search.contract import EngineContract, document, fill, keys
from tests.search.sources import make_page


@pytest.fixture
def engine(embedded_engine):
    return embedded_engine


class TestEmbeddedEngine(EngineContract):
    """The contract, on SQLite."""


def test_without_an_index_it_says_what_to_do(tmp_path):
    engine = EmbeddedEngine(tmp_path / "none")

    with pytest.raises(EngineMissingError, match="search_rebuild"):
        engine.search(SearchQuery("x"))
    with pytest.raises(EngineMissingError, match="search_rebuild"):
        engine.apply([Change("a", 1, document("a", "x"))])


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 500])
def test_a_broken_file_is_unavailable_and_a_rebuild_mends_it(engine, tmp_path, damage):
    fill(engine, 1)
    for path in tmp_path.glob("generation-*"):
        path.unlink()  # never cut short in place: the open index maps its shared memory
    (tmp_path / (tmp_path / "CURRENT").read_text()).write_bytes(damage)

    with pytest.raises(EngineUnavailableError):
        EmbeddedEngine(tmp_path).search(SearchQuery("x"))

    fill(engine, 2)
    assert engine.search(SearchQuery("x")).total == 2


@pytest.mark.parametrize("pointer", ["", "nonsense", "../../etc/passwd", "generation-1-1.sqlite3", "\xff"])
def test_a_pointer_to_nothing_is_unavailable(engine, tmp_path, pointer):
    (tmp_path / "CURRENT").write_bytes(pointer.encode("latin-1"))

    with pytest.raises(EngineUnavailableError, match="search_rebuild"):
        engine.search(SearchQuery("x"))


def test_an_index_of_other_code_is_refused(engine, tmp_path):
    name = (tmp_path / "CURRENT").read_text()
    with sqlite3.connect(tmp_path / name) as connection:
        connection.execute("PRAGMA user_version = 1")

    with pytest.raises(EngineUnavailableError, match="another version"):
        EmbeddedEngine(tmp_path).search(SearchQuery("x"))


@pytest.mark.django_db
def test_an_index_of_before_an_upgrade_is_built_anew_at_the_next_start(index, site_root, committed, settings):
    """A portal upgraded over an old `var/` starts, finds everything, and takes changes."""
    with committed():
        make_page(site_root, "Budget", language="fr")
    file = settings.SEARCH_INDEX_DIR / (settings.SEARCH_INDEX_DIR / "CURRENT").read_text()
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE documents DROP COLUMN published")
        connection.execute("PRAGMA user_version = 7")
    _engine.cache_clear()  # another process begins
    with committed():
        make_page(site_root, "Budget deux", language="fr")
    assert (search(SearchQuery("budget")).available, domain.backlog().count > 0) == (False, True)

    assert "documents in the search index" in index_search()

    assert sorted(hit.title for hit in search(SearchQuery("budget")).hits) == ["Budget", "Budget deux"]
    assert domain.backlog().count == 0
    assert index_search() == "up to date"


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(EngineUnavailableError, match="cannot be written"):
        EmbeddedEngine(tmp_path / "file").rebuild([])


def test_only_one_rebuild_runs(engine):
    def reading():
        with pytest.raises(RebuildRunningError):
            engine.rebuild([])
        yield Change("a", 1, document("a", "x"))

    assert engine.rebuild(reading()) == 1


def test_old_generations_do_not_pile_up(engine, tmp_path):
    for _ in range(4):
        fill(engine, 1)

    assert len(list(tmp_path.glob("*.sqlite3"))) <= 2


def test_a_broken_leftover_of_a_killed_rebuild_does_not_hold_up_updates(engine, tmp_path):
    (tmp_path / "generation-1-1.sqlite3").write_bytes(b"half a file")
    (tmp_path / "BUILDING").write_text("generation-1-1.sqlite3")

    engine.apply([Change("a", 1, document("a", "x"))])

    assert keys(engine.search(SearchQuery("x"))) == ["a"]


def test_many_updates_do_not_grow_what_is_kept_in_memory(engine):
    fill(engine, 3)
    for version in range(2, 600):
        engine.apply([Change("0", version, document("0", "x", theme=[f"t{version % 7}", "a", "b"]))])
        engine.search(SearchQuery("x"))

    (columns,) = engine._columns.values()
    assert len(columns.codes) < 1_200
    assert engine.search(SearchQuery("x")).counts["theme"] == {"t4": 1, "a": 1, "b": 1}


def test_a_search_that_began_before_an_update_keeps_the_state_it_saw(engine):
    """Another thread of the same process went on meanwhile: older columns are read again, newer ones are not mixed in."""
    fill(engine, 3)
    engine.search(SearchQuery("x"))
    (path,) = engine._columns
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT changes FROM state").fetchone()
    engine.apply([Change("0", 2, None)])
    assert engine.search(SearchQuery("x")).total == 2

    old = columns.current(reader, engine._columns[path])

    assert (old.alive, engine._columns[path].alive) == (3, 2)
    reader.close()
