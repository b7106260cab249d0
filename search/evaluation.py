"""How well a collection's questions find their documents: the site's own analysis and engine on a throw-away index."""

import json
import math
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from search.analysis.stopwords import ENGLISH, FRENCH
from search.documents import Document, Variant
from search.engines import Change, Engine
from search.engines.embedded import EmbeddedEngine
from search.query import SearchQuery

TOP = 10
DEPTH = 200
_ARABIC = re.compile("[\u0600-\u06ff]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Rank:
    """Where the answer of a question was found, from 1; None if not among the first 200."""

    id: str | int
    rank: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one evaluation. MRR: mean of 1/rank among the first ten; recall: share found among the first ten."""

    documents: int
    queries: int
    mrr10: float
    recall10: float
    p50_ms: float
    p95_ms: float
    build_s: float
    index_bytes: int


@contextmanager
def embedded(directory: Path) -> Iterator[Engine]:
    """Give an embedded engine in an empty folder."""
    yield EmbeddedEngine(directory)


@contextmanager
def elasticsearch(directory: Path) -> Iterator[Engine]:
    """Give an engine with names of its own on the nodes of the settings."""
    from search.engines.elasticsearch.evaluation import throw_away  # its client is loaded only where it is used

    with throw_away(directory) as engine:
        yield engine


ENGINES: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {"embedded": embedded, "elasticsearch": elasticsearch}


def evaluate(documents: Path, queries: Path, engine_name: str = "embedded") -> tuple[Report, list[Rank]]:
    """Index `documents`, ask `queries` (JSON Lines) and return the figures and the rank of each answer.

    Raises ValueError or KeyError for a line that is not what the contract says, OSError for a missing file.
    """
    with tempfile.TemporaryDirectory(prefix="search-evaluation-") as folder, ENGINES[engine_name](Path(folder)) as engine:
        started = time.perf_counter()
        number = engine.rebuild(Change(document.key, 1, document) for document in _documents(documents))
        build = time.perf_counter() - started
        timed = [_ask(engine, question) for question in _lines(queries)]
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        size = getattr(engine, "index_bytes", lambda: size)()
    ranks = [rank for rank, _seconds in timed]
    return _report(number, ranks, [seconds for _rank, seconds in timed], build, size), ranks


def guess_language(text: str) -> str:
    """Return the language a text is in, by its script, then by which stop words it holds more of."""
    if len(_ARABIC.findall(text)) * 2 > len(_WORD.findall(text)):
        return "ar"
    words = [word.casefold() for word in _WORD.findall(text)]
    return "en" if sum(word in ENGLISH for word in words) > sum(word in FRENCH for word in words) else "fr"


def _lines(path: Path) -> Iterable[dict[str, object]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _documents(path: Path) -> Iterable[Document]:
    for line in _lines(path):
        title, text = str(line.get("t") or ""), str(line["c"])
        yield Document(str(line["id"]), "page", (Variant(guess_language(text), title, body=text),))


def _ask(engine: Engine, line: dict[str, object]) -> tuple[Rank, float]:
    """Return the rank of a question's answer, and the seconds that its first ten hits took."""
    text, relevant = str(line["q"]), str(line["rel"])
    started = time.perf_counter()
    query = _prepared(text, engine)
    hits = engine.search(query).hits
    seconds = time.perf_counter() - started
    found = [hit.key for hit in hits]
    if relevant not in found:
        found = [hit.key for hit in engine.search(replace(query, page_size=DEPTH)).hits]
    identifier = line["id"] if isinstance(line["id"], int) else str(line["id"])
    return Rank(identifier, found.index(relevant) + 1 if relevant in found else None), seconds


def _prepared(text: str, engine: Engine) -> SearchQuery:
    """Return what the site would ask: unknown words corrected, and what the glossary adds."""
    from search.preparation import prepare  # models need a project that is set up; `guess_language` does not

    return prepare(SearchQuery(text, page_size=TOP), engine).query


def _report(number: int, ranks: list[Rank], seconds: list[float], build: float, size: int) -> Report:
    top = [rank.rank for rank in ranks if rank.rank and rank.rank <= TOP]
    asked = max(1, len(ranks))
    return Report(
        documents=number,
        queries=len(ranks),
        mrr10=round(sum(1 / rank for rank in top) / asked, 4),
        recall10=round(len(top) / asked, 4),
        p50_ms=_percentile(seconds, 0.50),
        p95_ms=_percentile(seconds, 0.95),
        build_s=round(build, 3),
        index_bytes=size,
    )


def _percentile(seconds: list[float], share: float) -> float:
    ordered = sorted(seconds) or [0.0]
    return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)] * 1000, 2)


def as_json(value: Report | Rank) -> str:
    """Return a report or a rank as one line of JSON."""
    return json.dumps(asdict(value), ensure_ascii=False)
