"""Nodes that die, hang or never were: publishing goes on, searches answer within two seconds, and nothing is lost."""

import contextlib
import socket
import threading
import time
import uuid

import pytest
from django.core.management import call_command

from search import domain
from search.engines import Change, EngineUnavailableError
from search.engines.elasticsearch import ElasticsearchEngine
from search.query import SearchQuery
from search.service import search
from tests.elasticsearch.fixtures import nodes_of_our_own
from tests.search.contract import document, keys
from tests.search.sources import make_page

AT_MOST = 2.0


@contextlib.contextmanager
def in_time():
    """A block that must not take longer than a reader is made to wait."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < AT_MOST


@pytest.fixture(scope="module")
def node():
    """A node of these tests' own, to be killed."""
    with nodes_of_our_own() as nodes:
        yield nodes[0]


@pytest.fixture
def on_node(node, settings, source, site_root):
    """A site whose index, still empty, is on the node."""
    type(site_root).objects.filter(pk=site_root.pk).update(live=False)
    settings.ELASTICSEARCH_URL = [node.url]
    settings.ELASTICSEARCH_INDEX = f"test-{uuid.uuid4().hex}"
    domain.rebuild()
    return node


@pytest.fixture
def mute():
    """An address that takes connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def restart(node):
    node.start()
    node.wait()


def test_a_node_that_dies_while_a_page_is_published_loses_nothing(on_node, source, site_root, committed, monkeypatch):
    documents = source.documents

    def dying(keys):
        on_node.kill()  # the change is being read, and about to be sent
        return documents(keys)

    with in_time(), monkeypatch.context() as patch, committed():
        patch.setattr(source, "documents", dying)
        make_page(site_root, "Budget participatif")

    assert domain.backlog().count > 0
    with in_time():
        assert not search(SearchQuery("budget")).available

    restart(on_node)
    call_command("search_sync", verbosity=0)

    assert [hit.title for hit in search(SearchQuery("budget")).hits] == ["Budget participatif"]
    assert domain.backlog().count == 0


def test_a_node_that_hangs_holds_up_neither_readers_nor_publishers(on_node, site_root, committed):
    on_node.pause()
    try:
        with in_time():
            assert not search(SearchQuery("budget")).available
        with in_time(), committed():
            make_page(site_root, "Budget")
    finally:
        on_node.resume()
    assert domain.backlog().count > 0

    deadline = time.monotonic() + 30
    while domain.backlog().count and time.monotonic() < deadline:
        domain.drain()

    assert search(SearchQuery("budget")).total == 1


def test_the_page_says_that_search_is_away(on_node, client, search_site):
    on_node.kill()
    try:
        with in_time():
            answer = client.get("/ar/search/", {"q": "x"})
        with in_time():
            api = client.get("/api/search/", {"q": "x"})
    finally:
        restart(on_node)

    assert (answer.status_code, api.status_code) == (503, 503)


@pytest.mark.parametrize("ask", ["search", "correct", "complete", "count", "apply"])
def test_where_nobody_answers_every_question_ends_in_time(mute, ask):
    engine = ElasticsearchEngine([mute], "test")
    questions = {
        "search": lambda: engine.search(SearchQuery('x "y z"', page=9)),
        "correct": lambda: engine.correct(["commune"]),
        "complete": lambda: engine.complete("commune", "fr"),
        "count": engine.count,
        "apply": lambda: engine.apply([Change("a", 1, document("a", "x"))]),
    }

    for _ in range(2):
        with in_time(), pytest.raises(EngineUnavailableError):
            questions[ask]()


def test_readers_do_not_queue_up_for_a_node_that_just_did_not_answer(mute):
    engine = ElasticsearchEngine([mute], "test")
    with pytest.raises(EngineUnavailableError):
        engine.search(SearchQuery("x"))

    started = time.monotonic()
    with pytest.raises(EngineUnavailableError):
        engine.search(SearchQuery("x"))

    assert time.monotonic() - started < 0.2


def test_a_node_that_never_answers_is_passed_over_for_one_that_does(mute, node):
    engine = ElasticsearchEngine([mute, node.url], f"test-{uuid.uuid4().hex}")
    ElasticsearchEngine([node.url], engine._generations.current.split("-current-")[0]).rebuild(
        [Change("a", 1, document("a", "x"))]
    )

    for _ in range(4):
        with in_time():
            assert keys(engine.search(SearchQuery("x"))) == ["a"]


def test_a_cluster_of_two_loses_its_leader_while_searches_go_on():
    """The one that leads the cluster: without it nothing can be written for a while, and everything can be read."""
    with nodes_of_our_own(2) as nodes:
        engine = ElasticsearchEngine([node.url for node in nodes], "test")
        engine.rebuild(Change(str(n), 1, document(str(n), "x")) for n in range(30))
        assert nodes[0].ask("/_cluster/health?wait_for_status=green&timeout=30s", timeout=40)["status"] == "green"
        leader = nodes[0].ask("/_cat/master?format=json")[0]["node"]
        dying = next(node for node in nodes if node.name == leader)

        with searching(engine) as answered:
            wait_for(lambda: len(answered) > 20)
            dying.kill()
            before = len(answered)
            wait_for(lambda: len(answered) > before + 50)
        dying.start()
        dying.wait(2)
        engine.apply([Change("new", 2, document("new", "x"))])
        assert engine.search(SearchQuery("x")).total == 31


@contextlib.contextmanager
def searching(engine):
    """Search all the while; at the end every search must have found everything in time."""
    answered, problems, stop = [], [], threading.Event()

    def search_on():
        while not stop.is_set():
            started = time.monotonic()
            try:
                total = engine.search(SearchQuery("x")).total
            except EngineUnavailableError as error:
                problems.append(str(error))
            else:
                seconds = time.monotonic() - started
                answered.append(seconds)
                if total != 30 or seconds > AT_MOST:
                    problems.append(f"{total} found in {seconds:.1f} s")

    reader = threading.Thread(target=search_on)
    reader.start()
    try:
        yield answered
    finally:
        stop.set()
        reader.join(20)
    assert not problems


def wait_for(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)
