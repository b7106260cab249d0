"""Several processes use one embedded index, and any of them may be killed at any moment."""

import multiprocessing
import os
import signal
import sqlite3
import time

import pytest

from search.engines import Change
from search.engines.embedded import EmbeddedEngine
from search.query import SearchQuery
from tests.search.contract import document, fill, keys

processes = multiprocessing.get_context("fork")


@pytest.fixture
def engine(embedded_engine):
    return embedded_engine


def test_reads_in_another_process_go_on_through_swaps(engine, tmp_path):
    """Every read sees a whole generation: all the old documents or all the new ones."""
    fill(engine, 50)
    stop, problems = processes.Event(), processes.Queue()

    def read():
        reader, seen = EmbeddedEngine(tmp_path), 0
        while not stop.is_set():
            try:
                results = reader.search(SearchQuery("x", page_size=100))
                if results.total % 50 or len(results.hits) != min(results.total, 100):
                    problems.put(f"{results.total} documents, {len(results.hits)} hits")
            except Exception as error:
                problems.put(repr(error))
            seen += 1
        problems.put(seen)

    readers = [processes.Process(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(12):
        fill(engine, 50 * (number % 3 + 1))
    stop.set()
    answers = [problems.get(timeout=20) for _ in readers]
    for reader in readers:
        reader.join(20)

    assert all(isinstance(answer, int) and answer > 5 for answer in answers), answers


def test_updates_of_several_processes_all_arrive(engine, tmp_path):
    def write(name):
        writer = EmbeddedEngine(tmp_path)
        for number in range(40):
            writer.apply([Change(f"{name}-{number}", number + 1, document(f"{name}-{number}", "x"))])

    writers = [processes.Process(target=write, args=(name,)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert engine.search(SearchQuery("x")).total == 120


def test_a_connection_is_not_shared_with_a_forked_worker(engine):
    """As gunicorn does with a preloaded application: the parent has searched before it forks."""
    fill(engine, 3)
    assert engine.search(SearchQuery("x")).total == 3

    def work(answers):
        engine.apply([Change("child", 5, document("child", "x"))])
        answers.put(engine.search(SearchQuery("x")).total)

    answers = processes.Queue()
    child = processes.Process(target=work, args=(answers,))
    child.start()
    assert answers.get(timeout=20) == 4
    child.join(20)
    assert engine.search(SearchQuery("x")).total == 4


def test_a_killed_rebuild_leaves_a_working_index(engine, tmp_path):
    fill(engine, 3)
    started = processes.Event()

    def rebuild():
        def reading():
            for number in range(500):
                yield Change(str(number), 2, document(str(number), "x"))
            started.set()
            time.sleep(60)

        EmbeddedEngine(tmp_path).rebuild(reading())

    child = processes.Process(target=rebuild)
    child.start()
    assert started.wait(20)
    os.kill(child.pid, signal.SIGKILL)
    child.join(20)

    assert engine.search(SearchQuery("x")).total == 3
    engine.apply([Change("new", 3, document("new", "x"))])
    assert engine.search(SearchQuery("x")).total == 4
    fill(engine, 2, version=4)
    assert keys(engine.search(SearchQuery("x", sort="date"))) == ["0", "1"]
    assert not (tmp_path / "BUILDING").exists()


@pytest.mark.parametrize("after", [0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7])
def test_a_rebuild_killed_at_any_moment_leaves_a_working_index(engine, tmp_path, after):
    """Whether it was writing, merging or swapping: all of one generation is found, and the next update and rebuild work."""
    fill(engine, 30)
    started = processes.Event()

    def rebuild():
        started.set()
        for version in range(2, 1_000):
            fill(EmbeddedEngine(tmp_path), 900, version)

    killed(processes.Process(target=rebuild), started, after)

    assert engine.search(SearchQuery("x")).total in (30, 900)
    engine.apply([Change("new", 5_000, document("new", "x nouveau"))])
    assert keys(engine.search(SearchQuery("nouveau"))) == ["new"]
    assert_sound(tmp_path)
    fill(engine, 2, version=6_000)
    assert (engine.search(SearchQuery("x")).total, (tmp_path / "BUILDING").exists()) == (2, False)


@pytest.mark.parametrize("after", [0.01, 0.02, 0.05, 0.1, 0.2, 0.4])
def test_a_worker_killed_at_any_moment_loses_nothing_that_it_said_was_written(engine, tmp_path, after):
    fill(engine, 5, word="w0")
    started, said = processes.Event(), processes.SimpleQueue()

    def work():
        worker = EmbeddedEngine(tmp_path)
        for version in range(2, 100_000):
            worker.apply(
                [Change(str(key), version, document(str(key), f"w{version}", theme=[f"t{version}"])) for key in range(5)]
            )
            said.put(version)
            started.set()

    killed(processes.Process(target=work), started, after)

    last = 0
    while not said.empty():
        last = said.get()
    found = engine.search(SearchQuery())
    (theme,) = found.counts["theme"].items()
    assert theme in ((f"t{last}", 5), (f"t{last + 1}", 5))  # all five or none: one transaction
    assert keys(engine.search(SearchQuery(f"w{theme[0][1:]}", sort="date"))) == ["0", "1", "2", "3", "4"]
    assert not engine.search(SearchQuery("w0")).hits
    assert not engine.search(SearchQuery(f"w{last - 1}")).hits
    assert_sound(tmp_path)


def killed(child, started, after):
    """Kill a process without warning, some seconds after it began its work."""
    child.start()
    assert started.wait(20)
    child.join(after)
    os.kill(child.pid, signal.SIGKILL)
    child.join(20)
    assert child.exitcode == -signal.SIGKILL


def assert_sound(folder):
    """SQLite finds no fault, and the index of phrases and of titles agrees with itself."""
    with sqlite3.connect(folder / (folder / "CURRENT").read_text()) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for table in ("phrases", "titles"):
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")


def test_updates_of_another_process_are_seen_by_what_is_kept_in_memory(engine, tmp_path):
    """Filters, counts, order and corrections come from memory: an update from elsewhere changes them at once."""
    fill(engine, 3)
    engine.apply([Change("0", 2, document("0", "x", theme=["water"]))])
    assert engine.search(SearchQuery("x")).counts["theme"] == {"water": 1}
    assert engine.correct(["navigetion"]) == {}

    other = EmbeddedEngine(tmp_path)
    other.apply([Change("1", 2, document("1", "x navigation", theme=["roads", "water"], discussion=9)), Change("2", 2, None)])

    results = engine.search(SearchQuery("x", filters={"theme": ("water",)}, sort="discussion"))
    assert (keys(results), results.counts["theme"]) == (["1", "0"], {"water": 2, "roads": 1})
    assert engine.correct(["navigetion"]) == {"navigetion": "navigation"}
