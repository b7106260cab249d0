"""Tags as they are read: on a page, on a page of their own, in the index of all, and while one is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.base.languages import language_codes
from portal.participation.models import Tag, TagAlias, Tagging
from search.analysis import fold_beginnings
from search.analysis.arabic import is_arabic, without_prefix
from search.ordering import alphabetical

LETTERS = 2
"""Letters after which tags are suggested."""
SUGGESTIONS = 8
RELATED = 12
MOST_USED = 24
ON_A_PAGE = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """The tags that begin with one letter."""

    letter: str
    tags: Sequence[Tag]


def taggings_of(key: UUID) -> list[Tagging]:
    """Return the visible tags of the subject `key` in the order in which they were given, in one query."""
    given = Tagging.objects.visible().filter(content_object__translation_key=key)
    return list(given.select_related("tag").order_by("tagged_at", "pk"))


def public_tags() -> QuerySet[Tag]:
    """Return the tags that some public page bears, with the number of pages that do (`uses`); their translations count once."""
    borne = Tagging.objects.public().filter(tag=OuterRef("pk")).order_by()
    counted = borne.values("tag").annotate(number=Count("pk")).values("number")
    tags: QuerySet[Tag] = Tag.objects.filter(hidden_at=None).annotate(uses=Coalesce(Subquery(counted), 0)).filter(uses__gt=0)
    return tags


def suggestions(text: str) -> list[Tag]:
    """Return public tags that go on from what is written, those used most first: in one query, none before the second letter."""
    beginnings = fold_beginnings(text[:100])
    if sum(map(len, beginnings[:1])) < LETTERS:
        return []
    begins = reduce(or_, (Q(folded__startswith=one) for one in beginnings))
    named = Exists(TagAlias.objects.filter(begins, tag=OuterRef("pk")))
    return list(public_tags().filter(begins | named).order_by("-uses", "name")[:SUGGESTIONS])


def related_tags(tag: Tag) -> list[Tag]:
    """Return public tags of what bears `tag`, those that stand beside it most often first, in one query."""
    bearers = Tagging.objects.public().filter(tag=tag).values("content_object")
    beside = Tagging.objects.visible().filter(content_object__in=bearers, tag=OuterRef("pk")).order_by()
    counted = beside.values("tag").annotate(number=Count("pk")).values("number")
    others = Tag.objects.filter(hidden_at=None).exclude(pk=tag.pk).annotate(shared=Coalesce(Subquery(counted), 0))
    return list(others.filter(shared__gt=0).order_by("-shared", "name")[:RELATED])


def most_used() -> list[Tag]:
    """Return the public tags that most pages bear, in one query."""
    return list(public_tags().order_by("-uses", "name")[:MOST_USED])


def index_of(language: str, number: str) -> tuple[Page, list[Letter]]:
    """Return one page of the public tags in alphabetical order, and its tags by their first letter; in one query.

    Where there is no page `number`, the first or the last stands for it.
    """
    tags = sorted(public_tags(), key=lambda tag: _order(tag, language))
    page: Page = Paginator(tags, ON_A_PAGE).get_page(number)
    return page, _by_letter(page.object_list, language)


def addresses(tag: Tag) -> dict[str, str]:
    """Return language -> the tag's page in it."""
    return {code: f"/{code}/{tag.get_absolute_url()[4:]}" for code in language_codes()}


def _by_letter(tags: Iterable[Tag], language: str) -> list[Letter]:
    return [Letter(letter, list(those)) for letter, those in groupby(tags, key=lambda tag: _letter(tag, language))]


def _order(tag: Tag, language: str) -> tuple[bool, tuple[str, ...], str]:
    """Return what tags are sorted by: those in the reader's script first, Arabic ones without their article."""
    words = tuple(map(_without_article, alphabetical(tag.name_in(language), language)))
    other_script = bool(words) and is_arabic(words[0]) != (language == "ar")
    return other_script, words, tag.name


def _letter(tag: Tag, language: str) -> str:
    words = _order(tag, language)[1]
    return (words[0] if words else tag.name)[:1].upper()


def _without_article(word: str) -> str:
    return without_prefix(word) if word.startswith("ال") else word
