"""What the benchmarks of search index and ask: mixed documents recombined from the shared corpora, questions from their words.

The corpora lie in `SEARCH_DATA`, by default the folder beside the project.
"""

import itertools
import json
import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from search.analysis import tokenise
from search.documents import Document, Variant
from search.evaluation import guess_language
from search.query import SearchQuery

DATA = Path(os.environ.get("SEARCH_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
CHARACTERS = 1_200


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
        yield _document(f"{place:08}", variant(language, paragraphs[language], choice), choice)


def variant(language: str, paragraphs: list[str], choice: random.Random) -> Variant:
    """Return a text of paragraphs chosen at random; its title is taken from its middle."""
    text = ""
    while len(text) < CHARACTERS:
        text += choice.choice(paragraphs) + "\n"
    start = choice.randrange(len(text) // 2)
    return Variant(language, " ".join(text[start:].split()[1:8]), body=text[:CHARACTERS])


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


def questions(number: int, sample: list[Document], choice: random.Random) -> list[SearchQuery]:
    """Return questions of two to four words, a fifth of them with a filter, a tenth in order of date."""
    found = []
    for place in range(number):
        variant = choice.choice(sample).variants[0]
        filters = {"type": ("practice", "session"), "theme": ("theme-1",)} if place % 5 == 0 else {}
        order = "date" if place % 10 == 1 else "relevance"
        found.append(SearchQuery(words_of(variant, choice), variant.language, filters, order))
    return found


def words_of(variant: Variant, choice: random.Random) -> str:
    """Return two to four words that follow each other in a text, stop words left out."""
    words = [token.exact for token in tokenise(variant.body, variant.language) if token.stem]
    start = choice.randrange(max(1, len(words) - 4))
    return " ".join(words[start : start + choice.randint(2, 4)])
