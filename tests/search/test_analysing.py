"""A rebuild analyses its texts in a process of its own beside the one that writes: nothing but the time it takes may differ."""

import logging
import multiprocessing
import os
import random
import signal
import sqlite3
import threading

import pytest

from search.documents import Variant
from search.engines import Change
from search.engines.embedded import EmbeddedEngine, analysing
from search.query import SearchQuery
from tests.operations import proc
from tests.operations.waiting import wait_until
from tests.search.contract import document, keys

WORDS = {
    "ar": ["عريضة", "عرائض", "النقل", "المدرسيّ", "مشاركة", "المواطنين", "في", "الجهة", "أكادير", "٢٠٢١", "والجماعات"],
    "fr": ["l'eau", "aujourd'hui", "Pétitions", "transports", "scolaires", "l'École", "œuvre", "de", "la", "\x00", "\ud800"],
    "en": ["the", "petitions", "school", "transport", "Budgets", "of", "citizens'", "rights", "2021"],
}
TABLES = ("documents", "texts", "facet_values", "postings", "vocabulary", "phrases_data", "titles_data")


@pytest.fixture
def changes():
    """As many changes as three chunks hold, with deletions and keys that come twice."""
    choice = random.Random(1)

    def text(language, number):
        return " ".join(choice.choice(WORDS[language]) for _ in range(number))

    made = []
    for number in range(analysing._CHUNK * 3):
        language = ("ar", "fr", "en")[number % 3]
        one = document(f"key{number % 180}", text(language, 4), text(language, 60), language=language, theme=[f"t{number % 5}"])
        made.append(Change(one.key, number % 7 + 1, None if number % 31 == 0 else one))
    return made


@pytest.fixture
def beside(monkeypatch):
    """From the eleventh change on texts are analysed by another process, on any machine."""
    monkeypatch.setattr(analysing, "ALONE", 10)
    monkeypatch.setattr(analysing, "processors", lambda: 2)


def content(folder):
    """Every row of the index's tables."""
    with sqlite3.connect(folder / (folder / "CURRENT").read_text()) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}


def analysts():
    """The processes that analyse for this one."""
    return proc.children(os.getpid())


def built_alone(folder, changes):
    EmbeddedEngine(folder).rebuild(changes)
    return content(folder)


@pytest.fixture
def alone(tmp_path, changes):
    """What one process makes of the changes."""
    assert len(changes) < analysing.ALONE
    return built_alone(tmp_path / "alone", changes)


def test_two_processes_make_the_same_index_as_one(tmp_path, changes, alone, beside):
    seen = set()

    def reading():
        for change in changes:
            seen.update(analysts())
            yield change

    engine = EmbeddedEngine(tmp_path / "beside")
    engine.rebuild(reading())

    assert len(seen) == 1
    assert not analysts()
    assert content(tmp_path / "beside") == alone
    for question in ("عرائض", "transport scolaire", '"school transport"', "budgets -eau"):
        query = SearchQuery(question, page_size=200)
        assert engine.search(query) == EmbeddedEngine(tmp_path / "alone").search(query)


def test_few_changes_begin_no_process(tmp_path, beside, monkeypatch):
    monkeypatch.setattr(analysing, "Analyst", None)

    EmbeddedEngine(tmp_path).rebuild(Change(str(number), 1, document(str(number), "x")) for number in range(10))


def test_one_processor_begins_no_process(tmp_path, changes, alone, beside, monkeypatch):
    monkeypatch.setattr(analysing, "Analyst", None)
    monkeypatch.setattr(analysing, "processors", lambda: 1)

    assert built_alone(tmp_path / "one", changes) == alone


@pytest.mark.parametrize("at", [20, 75, 140, 191])
def test_a_process_that_is_lost_costs_nothing_but_time(tmp_path, changes, alone, beside, at, monkeypatch, caplog):
    monkeypatch.setattr(analysing, "_AHEAD", 1)

    def reading():
        for place, change in enumerate(changes):
            if place == at:
                for pid in analysts():
                    os.kill(pid, signal.SIGKILL)
            yield change

    EmbeddedEngine(tmp_path / "lost").rebuild(reading())

    assert content(tmp_path / "lost") == alone
    assert ("goes on alone" in caplog.text) == (at > 74)  # before, there was none yet to be lost


@pytest.mark.parametrize("program", ["search.engines.embedded.none", "this", "tests.search.deaf_program"])
def test_a_program_that_is_no_analyst_costs_nothing_but_time(tmp_path, changes, alone, beside, program, monkeypatch, caplog):
    """One that is not there, one that says something else, one that says nothing."""
    monkeypatch.setattr(analysing, "PROGRAM", program)
    monkeypatch.setattr(analysing, "SECONDS", 1.0)

    with caplog.at_level(logging.WARNING):
        EmbeddedEngine(tmp_path / "none").rebuild(changes)

    assert content(tmp_path / "none") == alone
    assert "goes on alone" in caplog.text
    assert not analysts()


def test_a_rebuild_that_fails_leaves_no_process(tmp_path, changes, beside):
    def reading():
        yield from changes
        assert analysts()
        raise LookupError("the source failed")

    engine = EmbeddedEngine(tmp_path)
    engine.rebuild([Change("old", 1, document("old", "ancien"))])
    with pytest.raises(LookupError):
        engine.rebuild(reading())

    assert not analysts()
    assert keys(engine.search(SearchQuery("ancien"))) == ["old"]


def test_a_killed_rebuild_takes_its_process_with_it(tmp_path, changes, beside):
    processes = multiprocessing.get_context("fork")
    told, tell = processes.Pipe(duplex=False)

    def rebuild():
        def reading():
            yield from changes
            tell.send(analysts())
            signal.pause()

        EmbeddedEngine(tmp_path).rebuild(reading())

    parent = processes.Process(target=rebuild)
    parent.start()
    assert told.poll(30)
    (analyst,) = told.recv()
    os.kill(parent.pid, signal.SIGKILL)
    parent.join(20)

    wait_until(lambda: not proc.alive(analyst), 10, "the process that analyses ends")


def test_a_thread_of_a_server_rebuilds_while_others_search_and_write(tmp_path, changes, alone, beside):
    engine = EmbeddedEngine(tmp_path / "served")
    engine.rebuild([Change("old", 1, document("old", "ancien"))])
    done = threading.Event()

    def reading():
        for place, change in enumerate(changes):
            if place == 150:
                engine.apply([Change("new", 50, document("new", "nouveau"))])
            yield change

    def rebuild():
        engine.rebuild(reading())
        done.set()

    thread = threading.Thread(target=rebuild)
    thread.start()
    while not done.is_set() and thread.is_alive():
        engine.search(SearchQuery("x"))
    thread.join()

    assert keys(engine.search(SearchQuery("nouveau"))) == ["new"]
    assert engine.count() == sum(row[3] is not None for row in alone["documents"]) + 1


def test_texts_in_every_language_of_a_document_come_back_to_it(tmp_path, beside):
    variants = (Variant("ar", "النقل المدرسي"), Variant("fr", "Transport scolaire"), Variant("en", "School transport"))
    base = document("one", "x")
    many = [Change(str(number), 1, document(str(number), "autre")) for number in range(200)]

    engine = EmbeddedEngine(tmp_path)
    engine.rebuild([*many, Change("one", 1, type(base)("one", "practice", variants))])

    assert [keys(engine.search(SearchQuery(word))) for word in ("النقل", "scolaires", "schools")] == [["one"]] * 3
