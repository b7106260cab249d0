"""How the things that can be followed are called, of those that participation knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, get_page_models

from portal.base.privacy import readable
from portal.participation.enums import FollowKind
from portal.participation.following import register_kind, register_news
from portal.participation.models import Tag, Tagging
from portal.people.models import Organisation
from portal.vocabulary.models import Territory, Theme
from search.pages import Link, best_link, links_by_language


def themes(keys: Collection[str], language: str) -> Mapping[str, Link]:
    """Return the themes with these slugs; each leads to its practices."""
    found = Theme.objects.filter(slug__in=keys)
    return {one.slug: Link(one.name_in(language), language, f"/{language}/practices/?theme={one.slug}") for one in found}


def territories(keys: Collection[str], language: str) -> Mapping[str, Link]:
    """Return the places with these codes (HCP)."""
    found = Territory.objects.filter(code__in=keys)
    with override(language):
        return {one.code: Link(one.name_in(language), language, reverse("place", args=[one.code])) for one in found}


def organisations(keys: Collection[str], language: str) -> Mapping[str, Link]:
    """Return the organisations with these slugs."""
    found = Organisation.objects.filter(slug__in=keys)
    with override(language):
        return {one.slug: Link(one.name_in(language), language, reverse("organisation", args=[one.slug])) for one in found}


def tags(keys: Collection[str], language: str) -> Mapping[str, Link]:
    """Return the tags with these slugs that somebody sees somewhere."""
    visible = Tagging.objects.visible().values("tag")
    found = Tag.objects.filter(slug__in=keys, hidden_at=None, pk__in=visible)
    return {one.slug: Link(_tag_name(one, language), language, f"/{language}/search/?tag={one.slug}") for one in found}


def _tag_name(tag: Tag, language: str) -> str:
    return str(getattr(tag, f"name_{language}", "") or tag.name)


def discussions(keys: Collection[str], language: str) -> Mapping[str, Link]:
    """Return the public pages that are discussed, by translation key; each leads to its comments."""
    models = [model for model in get_page_models() if getattr(model, "discussable", False)]
    pages = readable(Page.objects.type(*models)).filter(translation_key__in=list(as_uuids(keys)))
    found = {key: best_link(links, language) for key, links in links_by_language(pages).items()}
    return {key: link._replace(url=f"{link.url}#comments") for key, link in found.items()}


def as_uuids(keys: Collection[str]) -> Iterator[UUID]:
    """Yield the keys that are UUIDs in their canonical form; a forged one is passed over."""
    for key in keys:
        try:
            parsed = UUID(key)
        except ValueError:
            continue
        if str(parsed) == key:
            yield parsed


def register() -> None:
    """Let these be followed, and gather what is new of discussions and tags."""
    from portal.participation import news, searches  # models are loaded when apps are ready

    register_kind(FollowKind.DISCUSSION, discussions)
    register_kind(FollowKind.THEME, themes)
    register_kind(FollowKind.TERRITORY, territories)
    register_kind(FollowKind.ORGANISATION, organisations)
    register_kind(FollowKind.TAG, tags)
    register_kind(FollowKind.SEARCH, searches.named)
    register_news("comments", news.comments)
    register_news("answers", news.answers)
    register_news("tags", news.taggings)
