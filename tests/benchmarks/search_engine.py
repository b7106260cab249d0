"""Both engines on many documents, one after the other: `python -m tests.benchmarks.search_engine [--documents 100000]`.

Mixed documents of about 1,200 characters with every facet; questions of two to four words. A query is what a reader waits
for: hits, all facets and marked snippets. The embedded engine works in this process (and in one beside it while it builds),
Elasticsearch in a node of its own with 2 GB of heap, started for this run where one can be had. Prints a table; exit status 1
if a bar is missed.
"""

import argparse
import os
import random
import resource
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.analysis import analyse_query
from search.documents import Document, Variant
from search.engines import Change, Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.highlight import Highlighter
from search.query import SearchQuery
from tests.benchmarks.corpus import documents, questions
from tests.elasticsearch.distribution import NodeUnavailableError
from tests.elasticsearch.node import running
from tests.operations import proc

SEED = 20_201_120
WARM_QUERIES = 200
QUERIES = 600
UPDATES = 60
JAVA = "-Xms2g -Xmx2g"


@dataclass(frozen=True)
class Line:
    """A line of the table: what is measured, its unit, and the bar it must stay under."""

    name: str
    unit: str
    bar: float | None = None


BUILD = Line("build", "s", 90.0)
PROCESSOR = Line("  processor time of all processes", "s")
SIZE = Line("index", "MB")
FIRST = Line("first query", "ms")
QUERY_P50 = Line("query p50", "ms", 20.0)
QUERY_P95 = Line("query p95", "ms", 60.0)
QUERY_P99 = Line("query p99", "ms")
FOUND = Line("found, median", "")
ALL = Line("no question, all listed", "ms")
UPDATE_P50 = Line("update and see it, p50", "ms", 50.0)
UPDATE_P95 = Line("update and see it, p95", "ms", 50.0)
LINES = (BUILD, PROCESSOR, SIZE, FIRST, QUERY_P50, QUERY_P95, QUERY_P99, FOUND, ALL, UPDATE_P50, UPDATE_P95)
Figures = dict[Line, float]


@dataclass(frozen=True)
class Subject:
    """An engine to measure, with how to read the size of its index and the seconds of processor time that it has used."""

    engine: Engine
    size: Callable[[], int]
    processor: Callable[[], float]


@contextmanager
def embedded() -> Iterator[Subject]:
    """Give the embedded engine in a throw-away folder."""
    with tempfile.TemporaryDirectory(prefix="search-benchmark-") as folder:
        size = lambda: sum(path.stat().st_size for path in Path(folder).glob("*.sqlite3"))  # noqa: E731
        yield Subject(EmbeddedEngine(Path(folder)), size, own_processor_time)


@contextmanager
def elasticsearch() -> Iterator[Subject]:
    """Give an engine on a node of its own. Raises NodeUnavailableError where there is none to be had."""
    with running(1, java=JAVA) as (node,):
        engine = ElasticsearchEngine([node.url], f"benchmark-{uuid.uuid4().hex}")
        yield Subject(engine, engine.index_bytes, lambda: own_processor_time() + proc.processor_time(node.pid))


ENGINES = {"embedded": embedded, "elasticsearch": elasticsearch}


def own_processor_time() -> float:
    """Return the seconds of processor time of this process and of those that it began and that ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def ask(engine: Engine, query: SearchQuery) -> int:
    """Search and mark a page of hits, as the site does; return how many were found."""
    results = engine.search(query)
    highlighter = Highlighter(analyse_query(query.parsed))
    for hit in results.hits:
        variant = hit.variants[0]
        assert highlighter.title(variant)
        assert highlighter.snippet(variant)
    return results.total


def timed(action: Callable[[], object]) -> float:
    """Return the milliseconds that an action takes."""
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1_000


def percentile(values: list[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure(subject: Subject, made: list[Document]) -> Figures:
    """Build, ask and update; return what it took."""
    engine, choice = subject.engine, random.Random(SEED)
    processor = subject.processor()
    build = timed(lambda: engine.rebuild(Change(document.key, 1, document) for document in made)) / 1_000
    processor = subject.processor() - processor
    size = subject.size()
    sample = choice.sample(made, min(len(made), 2_000))
    first = timed(lambda: ask(engine, questions(1, sample, choice)[0]))
    for query in questions(WARM_QUERIES, sample, choice):
        ask(engine, query)
    totals: list[int] = []
    times = [timed(lambda query=query: totals.append(ask(engine, query))) for query in questions(QUERIES, sample, choice)]
    everything = [timed(lambda page=page: ask(engine, SearchQuery("", page=page))) for page in (1, 2, 3, 4, 5)]
    updates = [timed(lambda number=number: _update_and_see(engine, sample[number], number)) for number in range(UPDATES)]
    return {
        BUILD: build,
        PROCESSOR: processor,
        SIZE: size / 1e6,
        FIRST: first,
        QUERY_P50: percentile(times, 0.50),
        QUERY_P95: percentile(times, 0.95),
        QUERY_P99: percentile(times, 0.99),
        FOUND: statistics.median(totals),
        ALL: statistics.median(everything),
        UPDATE_P50: percentile(updates, 0.50),
        UPDATE_P95: percentile(updates, 0.95),
    }


def _update_and_see(engine: Engine, document: Document, number: int) -> None:
    word = f"nouveau{number}"
    variant = Variant("fr", f"{word} {document.variants[0].title}", body=document.variants[0].body)
    engine.apply([Change(document.key, number + 2, Document(document.key, document.type, (variant,), document.facets))])
    assert engine.search(SearchQuery(word)).total == 1


def table(found: dict[str, Figures]) -> Iterator[str]:
    """Yield the lines of the table: an engine a column, and how many times the first one's figure the second's is."""
    ratio = len(found) == 2
    yield " " * 34 + "".join(f"{name:>15}" for name in found) + ("   2nd : 1st" if ratio else "") + "   bar"
    for line in LINES:
        values = [figures[line] for figures in found.values()]
        cells = "".join(f"{value:>12,.1f} {line.unit:<2}" for value in values)
        compared = f"{values[1] / values[0]:>12.2f}" if ratio and values[0] else " " * 12 * ratio
        yield f"{line.name:<34}{cells}{compared}" + (f"   under {line.bar:g}" if line.bar else "")


def missed(found: dict[str, Figures]) -> list[str]:
    """Return what did not stay under its bar."""
    return [
        f"{name}: {line.name} {figures[line]:.1f} {line.unit}"
        for name, figures in found.items()
        for line in LINES
        if line.bar is not None and figures[line] >= line.bar
    ]


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure and print; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--engine", choices=tuple(ENGINES), action="append", help="only this one; both by default")
    arguments = parser.parse_args()
    made = list(documents(arguments.documents, random.Random(SEED)))
    found: dict[str, Figures] = {}
    for name in arguments.engine or ENGINES:
        try:
            with ENGINES[name]() as subject:
                say(f"{name}: {len(made):,} documents, {os.cpu_count()} processors under a load of {os.getloadavg()[0]:.1f} ...")
                found[name] = measure(subject, made)
        except NodeUnavailableError as error:
            say(str(error))
    say("\n" + "\n".join(table(found)))
    late = missed(found)
    say(f"\nBars missed: {'; '.join(late)}" if late else "\nEvery bar is kept.")
    return int(bool(late))


if __name__ == "__main__":
    sys.exit(main())
