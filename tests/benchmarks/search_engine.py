"""The embedded engine on many documents: `python -m tests.benchmarks.search_engine [--documents 100000]`.

Mixed documents of about 1,200 characters, recombined from the shared corpora (`SEARCH_DATA`, by default the folder beside the
project), with every facet; questions of two to four words that follow each other in some document. A query is what a reader
waits for: hits, all facets and marked snippets, in one process. Prints a table; exit status 1 if a bar is missed.
"""

import argparse
import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from search.analysis import analyse_query, tokenise
from search.documents import Document, Variant
from search.engines import Change
from search.engines.embedded import EmbeddedEngine
from search.evaluation import guess_language
from search.highlight import Highlighter
from search.query import SearchQuery

DATA = Path(os.environ.get("SEARCH_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
CHARACTERS = 1_200
QUERIES = 600
UPDATES = 60
BARS = {"build": 90.0, "p50": 20.0, "p95": 60.0, "update": 50.0}


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, and the bar it must stay under."""

    name: str
    value: float
    unit: str
    bar: float | None = None

    def __str__(self) -> str:
        bar = "" if self.bar is None else f"under {self.bar:g}"
        return f"{self.name:<28}{self.value:>12,.1f} {self.unit:<4}{bar}"


def passages() -> dict[str, list[str]]:
    """Return the paragraphs of the corpora by language; Catalan and Spanish count as French, as unknown languages do."""
    found: dict[str, list[str]] = {"ar": [], "fr": [], "en": []}
    for text in _texts():
        for paragraph in text.split("\n"):
            if len(paragraph) > 40:
                found[guess_language(paragraph)].append(paragraph)
    return found


def _texts() -> Iterator[str]:
    for name in (
        "search/xquad_ar.docs",
        "search/piaf_fr.docs",
        "corpora/participedia_entries",
        "corpora/decidim_barcelona_proposals",
    ):
        with (DATA / f"{name}.jsonl").open(encoding="utf-8", newline="\n") as lines:
            for record in map(json.loads, lines):
                yield "\n".join(str(record.get(field) or "") for field in ("c", "title", "description", "body"))


def documents(number: int, choice: random.Random) -> Iterator[Document]:
    """Yield documents made of paragraphs of one language, the languages by turns."""
    paragraphs = passages()
    for place, language in zip(range(number), itertools.cycle(("ar", "fr", "en")), strict=False):
        text = ""
        while len(text) < CHARACTERS:
            text += choice.choice(paragraphs[language]) + "\n"
        start = choice.randrange(len(text) // 2)
        yield _document(f"{place:08}", Variant(language, " ".join(text[start:].split()[1:8]), body=text[:CHARACTERS]), choice)


def _document(key: str, variant: Variant, choice: random.Random) -> Document:
    def some(name: str, of: int, least: int, most: int) -> tuple[str, ...]:
        return tuple(f"{name}-{int(of * choice.random() ** 2)}" for _ in range(choice.randint(least, most)))

    facets = {
        "theme": some("theme", 7, 1, 3),
        "axis": some("axis", 4, 1, 2),
        "instrument": some("instrument", 5, 1, 1),
        "outcome": some("outcome", 5, 1, 1),
        "region": some("region", 12, 1, 1),
        "province": some("province", 75, 1, 1),
        "organisation": some("organisation", 500, 0, 2),
        "tag": some("tag", 2_000, 0, 5),
    }
    day = date(2015, 1, 1) + timedelta(days=choice.randrange(4_000))
    type_ = choice.choice(("practice", "session", "page", "organisation", "material"))
    return Document(key, type_, (variant,), facets, day, choice.randrange(50))


def questions(sample: list[Document], choice: random.Random) -> list[SearchQuery]:
    """Return questions of two to four words, a fifth of them with a filter, a tenth in order of date."""
    found = []
    for number in range(QUERIES):
        variant = choice.choice(sample).variants[0]
        words = [token.exact for token in tokenise(variant.body, variant.language) if token.stem]
        start = choice.randrange(max(1, len(words) - 4))
        filters = {"type": ("practice", "session"), "theme": ("theme-1",)} if number % 5 == 0 else {}
        text = " ".join(words[start : start + choice.randint(2, 4)])
        found.append(SearchQuery(text, variant.language, filters, "date" if number % 10 == 1 else "relevance"))
    return found


def ask(engine: EmbeddedEngine, query: SearchQuery) -> int:
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


def measure(number: int, folder: Path) -> list[Row]:
    """Build, ask and update; return the table."""
    choice = random.Random(20_201_120)
    made = list(documents(number, choice))
    engine = EmbeddedEngine(folder)
    build = timed(lambda: engine.rebuild(Change(document.key, 1, document) for document in made)) / 1_000
    sample = choice.sample(made, min(len(made), 2_000))
    asked = questions(sample, choice)
    first = timed(lambda: ask(engine, asked[0]))
    totals: list[int] = []
    times = [timed(lambda query=query: totals.append(ask(engine, query))) for query in asked]
    everything = [timed(lambda page=page: ask(engine, SearchQuery("", page=page))) for page in (1, 2, 3, 4, 5)]
    updates = [timed(lambda number=number: _update_and_see(engine, sample[number], number)) for number in range(UPDATES)]
    size = sum(path.stat().st_size for path in folder.glob("*.sqlite3"))
    return [
        Row(f"build of {number:,}", build, "s", BARS["build"]),
        Row("first query of a process", first, "ms"),
        Row("query p50", percentile(times, 0.50), "ms", BARS["p50"]),
        Row("query p95", percentile(times, 0.95), "ms", BARS["p95"]),
        Row("query p99", percentile(times, 0.99), "ms"),
        Row("found, median", statistics.median(totals), ""),
        Row("no question, all listed", statistics.median(everything), "ms"),
        Row("update and see it, p50", percentile(updates, 0.50), "ms", BARS["update"]),
        Row("update and see it, p95", percentile(updates, 0.95), "ms", BARS["update"]),
        Row("index", size / 1e6, "MB"),
    ]


def _update_and_see(engine: EmbeddedEngine, document: Document, number: int) -> None:
    word = f"nouveau{number}"
    variant = Variant("fr", f"{word} {document.variants[0].title}", body=document.variants[0].body)
    engine.apply([Change(document.key, number + 2, Document(document.key, document.type, (variant,), document.facets))])
    assert engine.search(SearchQuery(word)).total == 1


def main() -> int:
    """Measure and print; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    with tempfile.TemporaryDirectory(prefix="search-benchmark-") as folder:
        rows = measure(parser.parse_args().documents, Path(folder))
    sys.stdout.write("\n".join(map(str, rows)) + "\n")
    return int(any(row.bar is not None and row.value >= row.bar for row in rows))


if __name__ == "__main__":
    sys.exit(main())
