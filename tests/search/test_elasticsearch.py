"""The Elasticsearch engine keeps the contract on a real node; its swaps, leases and suggestions are proved there too."""

import datetime
import multiprocessing
import os
import signal
import threading
import time

import pytest

from search.analysis import Alternative
from search.documents import Cue, Document, Variant
from search.engines import Change, EngineMissingError, RebuildRunningError, get_engine
from search.engines.elasticsearch import ElasticsearchEngine, generations, reading
from search.engines.embedded import EmbeddedEngine
from search.query import SearchQuery
from tests.search.contract import EngineContract, document, fill, keys

processes = multiprocessing.get_context("fork")


@pytest.fixture
def engine(elasticsearch_engine):
    return elasticsearch_engine


class TestElasticsearchEngine(EngineContract):
    """The contract, on a node."""


def indices(engine):
    return list(engine._cluster.ask(lambda client: client.indices.get(index=f"{prefix(engine)}-*"), engine._cluster.budget()))


def prefix(engine):
    return engine._generations.current.split("-current-")[0]


def again(engine, urls):
    """Another engine on the same indices, as another process has it."""
    return ElasticsearchEngine(urls, prefix(engine))


# --- which engine runs ---


def test_the_address_of_a_node_alone_chooses_the_engine(settings, elasticsearch_urls, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path
    settings.ELASTICSEARCH_URL = []
    assert isinstance(get_engine(), EmbeddedEngine)

    settings.ELASTICSEARCH_URL = elasticsearch_urls
    assert isinstance(get_engine(), ElasticsearchEngine)
    assert get_engine() is get_engine()


def test_without_an_index_it_says_what_to_do(elasticsearch_urls):
    engine = ElasticsearchEngine(elasticsearch_urls, "test-nothing")

    for ask in (
        lambda: engine.search(SearchQuery("x")),
        engine.count,
        lambda: engine.apply([Change("a", 1, document("a", "x"))]),
    ):
        with pytest.raises(EngineMissingError, match="search_rebuild"):
            ask()
    assert not indices(engine)


def test_an_index_of_other_code_is_not_read(engine, elasticsearch_urls, monkeypatch):
    fill(engine, 1)
    monkeypatch.setattr(generations, "VERSION", 999_999)

    with pytest.raises(EngineMissingError):
        again(engine, elasticsearch_urls).search(SearchQuery("x"))


# --- rebuilds ---


def test_only_one_rebuild_runs(engine, elasticsearch_urls):
    def reading():
        with pytest.raises(RebuildRunningError):
            again(engine, elasticsearch_urls).rebuild([])
        yield Change("a", 1, document("a", "x"))

    assert engine.rebuild(reading()) == 1


def test_old_generations_do_not_pile_up(engine):
    for _ in range(3):
        fill(engine, 1)

    assert len(indices(engine)) == 2  # the index and the lock


def test_reads_go_on_through_swaps(engine, elasticsearch_urls):
    """Every read sees a whole generation: all the old documents or all the new ones."""
    fill(engine, 20)
    stop, problems, seen = threading.Event(), [], []

    def read():
        reader = again(engine, elasticsearch_urls)
        while not stop.is_set():
            try:
                results = reader.search(SearchQuery("x", page_size=100))
                if results.total % 20 or results.total != len(results.hits):
                    problems.append(f"{results.total} documents, {len(results.hits)} hits")
            except Exception as error:
                problems.append(repr(error))
            seen.append(results.total)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(6):
        fill(engine, 20 * (number % 3 + 1))
    stop.set()
    for reader in readers:
        reader.join(20)

    assert not problems
    assert len(set(seen)) > 1


def test_a_killed_rebuild_leaves_a_working_index_and_another_takes_over(engine, elasticsearch_urls, monkeypatch):
    fill(engine, 3)
    monkeypatch.setattr(generations, "LEASE_SECONDS", 1.0)
    started = processes.Event()

    def rebuild():
        def reading():
            for number in range(500):
                yield Change(str(number), 2, document(str(number), "x"))
            started.set()
            time.sleep(60)

        again(engine, elasticsearch_urls).rebuild(reading())

    child = processes.Process(target=rebuild)
    child.start()
    assert started.wait(20)
    os.kill(child.pid, signal.SIGKILL)
    child.join(20)

    assert engine.search(SearchQuery("x")).total == 3
    engine.apply([Change("new", 3, document("new", "x"))])
    assert engine.search(SearchQuery("x")).total == 4
    deadline = time.monotonic() + 20
    while True:
        try:
            assert fill(engine, 2, version=4) == 2
            break
        except RebuildRunningError:
            assert time.monotonic() < deadline
    assert engine.search(SearchQuery("x")).total == 2
    assert len(indices(engine)) == 2


def test_a_swap_whose_answer_was_lost_keeps_what_searches_read(engine, monkeypatch):
    fill(engine, 1)
    promote = engine._generations.promote

    def promote_and_fail(client, name):
        promote(client, name)
        raise ZeroDivisionError

    monkeypatch.setattr(engine._generations, "promote", promote_and_fail)
    with pytest.raises(ZeroDivisionError):
        fill(engine, 5)

    assert engine.search(SearchQuery("x")).total == 5


# --- what an index holds ---


def test_a_deep_page_is_the_last_there_is(engine, monkeypatch):
    monkeypatch.setattr(reading, "_EAGER", 4)
    fill(engine, 9)

    results = [engine.search(SearchQuery("x", page=page, page_size=2)) for page in (4, 5, 6)]

    assert [(found.page, len(found.hits), found.total) for found in results] == [(4, 2, 9), (5, 1, 9), (5, 1, 9)]


def test_speech_is_searched_and_kept(engine):
    cues = (Cue(12.5, "النقل المدرسي", "/ar/sessions/one/#t=12.5"),)
    engine.apply([Change("a", 1, Document("a", "session", (Variant("ar", "جلسة", cues=cues),)))])

    (hit,) = engine.search(SearchQuery("مدرسة")).hits

    assert hit.variants[0].cues == cues


def test_what_the_glossary_adds_is_found_and_ranks_lower(engine):
    documents = document("ar", "ملتمس الشباب", language="ar"), document("fr", "Pétition"), document("no", "Autre")
    engine.apply([Change(found.key, 1, found) for found in documents])
    together = Alternative(("ملتمس", "شباب"))
    turned = Alternative(("شباب", "ملتمس"))

    assert keys(engine.search(SearchQuery("pétition", alternatives=(Alternative(("ملتمس",)),)))) == ["fr", "ar"]
    assert keys(engine.search(SearchQuery("pétition", alternatives=(together,)))) == ["fr", "ar"]
    assert keys(engine.search(SearchQuery("pétition", alternatives=(turned,)))) == ["fr"]


def test_unknown_words_are_corrected_from_the_index(engine):
    engine.apply(
        [
            Change("a", 1, document("a", "Participation citoyenne", "le budget de la commune")),
            Change("b", 1, document("b", "الديمقراطية التشاركية", "العريضة", language="ar")),
            Change("c", 1, document("c", "communes", "commune")),
        ]
    )

    assert engine.correct(["comune", "budgets", "particpatoin", "الديمقراطيه", "الدمقراطية", "zzzzzz", "dela"]) == {
        "comune": "commune",
        "particpatoin": "participation",
        "الدمقراطية": "الديمقراطية",
    }
    assert engine.correct([]) == {}


def test_the_more_frequent_of_equally_near_words_is_chosen(engine):
    engine.apply([Change(str(n), 1, document(str(n), "route" if n else "rouge")) for n in range(4)])

    assert engine.correct(["rouxe"]) == {"rouxe": "route"}


def test_titles_go_on_from_what_was_typed(engine):
    both = Document("both", "practice", (Variant("ar", "النقل المدرسي"), Variant("fr", "Transport scolaire")))
    text = document("text", "Autre", "transport scolaire")
    engine.apply([Change(found.key, 1, found) for found in (both, text, document("water", "L’eau à l’école", type_="session"))])

    def completed(words, language="fr"):
        return [(found.key, found.type, found.title, found.language) for found in engine.complete(words, language)]

    assert completed("tr") == completed("scol TRANSP", "ar") == [("both", "practice", "Transport scolaire", "fr")]
    assert completed("النق") == [("both", "practice", "النقل المدرسي", "ar")]
    assert completed("eco") == [("water", "session", "L’eau à l’école", "fr")]
    assert completed("t") == completed("") == completed("tr zz") == []


def test_titles_in_the_readers_language_come_first_and_no_more_than_asked(engine):
    documents = [document(f"{language}{n}", "Forum", language=language) for n in range(3) for language in ("en", "fr")]
    engine.apply([Change(found.key, 1, found) for found in documents])

    assert [found.language for found in engine.complete("for", "fr", limit=4)] == ["fr", "fr", "fr", "en"]
    assert engine.complete("for", "fr", limit=0) == ()


def test_a_date_of_long_ago_is_kept(engine):
    engine.apply([Change("a", 1, document("a", "x", date=datetime.date(956, 1, 2)))])

    assert engine.search(SearchQuery("x")).counts["year"] == {"956": 1}
