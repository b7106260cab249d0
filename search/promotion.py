"""Pages that facilitators show first to those who ask certain words."""

from collections.abc import Mapping

from django.db import DatabaseError

from search.analysis.terms import plain_words
from search.curation import Remembered
from search.models import PromotedResult
from search.query import ParsedText, parse

MAX_PROMOTED = 3
Meaning = frozenset[tuple[str, ...]]


def promoted_keys(parsed: ParsedText, token: str) -> tuple[str, ...]:
    """Return the keys promoted for a question, as of a token of `search.curation`; none where phrases or exclusions narrow it."""
    if not token or parsed.phrases or parsed.excluded_words or parsed.excluded_phrases:
        return ()
    return _remembered.get(token).get(_meaning(parsed), ())[:MAX_PROMOTED]


def _meaning(parsed: ParsedText) -> Meaning:
    """Return what a question asks, whatever its order, case, accents and endings."""
    return frozenset(word.stems or (word.exact,) for word in plain_words(parsed))


def _read(_token: str) -> Mapping[Meaning, tuple[str, ...]]:
    try:
        rows = list(PromotedResult.objects.select_related("page").order_by("id"))
    except DatabaseError:
        return {}
    found: dict[Meaning, tuple[str, ...]] = {}
    for row in rows:
        key = str(row.page.translation_key)
        for question in row.questions:
            meaning = _meaning(parse(question))
            if meaning and key not in found.get(meaning, ()):
                found[meaning] = (*found.get(meaning, ()), key)
    return found


_remembered = Remembered(_read)
