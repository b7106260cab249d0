"""What tests of engines are made of: documents, and the keys of what is found."""

from search.analysis import tokenise
from search.documents import Document, Variant
from search.engines import Change


def document(key, title="", body="", *, language="fr", type_="page", date=None, discussion=0, published_at=None, **facets):
    """A document in one language; facets as lists of values."""
    variants = (Variant(language, title, "", body),)
    return Document(
        key, type_, variants, {name: tuple(values) for name, values in facets.items()}, date, discussion, published_at
    )


def stems_of(text, language):
    """The stems of an expression, as the glossary gives them."""
    return tuple(token.stem for token in tokenise(text, language) if token.stem)


def keys(results):
    """The keys of the hits, in order."""
    return [hit.key for hit in results.hits]


def fill(engine, number, version=1, word="x"):
    """Build the index anew with some documents of one word; return how many."""
    return engine.rebuild(Change(str(place), version, document(str(place), word)) for place in range(number))
