"""What followers hear of practices: that there is a new one, or a new stage. Nothing here writes, nor asks more for more."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from good_practices.enums import StageKind
from good_practices.models import PracticeFacts, PracticeNews, PracticeOrganisation, PracticePage
from portal.participation.enums import FollowKind, Happening
from portal.participation.followed import as_uuids
from portal.participation.following import News, Target, register_kind, register_news
from portal.participation.models import Tagging
from search.pages import Link, best_link, links_by_language


def practices(keys: Collection[str], language: str) -> Mapping[str, Link]:
    """Return the public practices with these translation keys."""
    pages = PracticePage.objects.published().filter(translation_key__in=list(as_uuids(keys)))
    return {key: best_link(links, language) for key, links in links_by_language(pages).items()}


def news(since: datetime.datetime, until: datetime.datetime) -> Iterator[News]:
    """Yield the practices that became public, and the stages that became so later than their practice."""
    rows = PracticeNews.objects.filter(published_at__gt=since, published_at__lte=until).order_by()
    keys = rows.values("practice_key")
    links = links_by_language(PracticePage.objects.published().filter(translation_key__in=keys))
    if not links:
        return
    about, illustrative = _about(keys), _illustrative(keys)
    began = dict(PracticeNews.objects.filter(stage="", practice_key__in=keys).values_list("practice_key", "published_at"))
    for key, stage, at in rows.values_list("practice_key", "stage", "published_at"):
        named = links.get(str(key))
        if not named or (stage and at <= began.get(key, since)):
            continue
        happening = Happening.STAGE if stage else Happening.PRACTICE
        detail = StageKind(stage).label if stage in StageKind.values else ""
        targets = tuple(dict.fromkeys([(FollowKind.PRACTICE.value, str(key)), *about[str(key)]]))
        yield News(happening, at, str(key), named, targets, detail, str(key) in illustrative)


def _about(keys: QuerySet) -> Mapping[str, list[Target]]:
    """Return practice -> what it is about that can be followed: themes, places, organisations and tags."""
    about: dict[str, list[Target]] = defaultdict(list)
    facts = PracticeFacts.objects.filter(practice_key__in=keys).order_by()

    def note(kind: FollowKind, pairs: Any) -> None:
        for key, value in pairs:
            if value:
                about[str(key)].append((kind.value, value))

    for place in ("territory", "province", "region"):
        note(FollowKind.TERRITORY, facts.values_list("practice_key", f"{place}__code"))
    note(FollowKind.THEME, facts.values_list("practice_key", "themes__slug"))
    note(FollowKind.ORGANISATION, facts.values_list("practice_key", "authority__slug"))
    carried = PracticeOrganisation.objects.filter(Q(page__live=True), page__translation_key__in=keys).order_by()
    note(FollowKind.ORGANISATION, carried.values_list("page__translation_key", "organisation__slug"))
    tagged = Tagging.objects.visible().filter(content_object__translation_key__in=keys, tag__hidden_at=None).order_by()
    note(FollowKind.TAG, tagged.values_list("content_object__translation_key", "tag__slug"))
    return about


def _illustrative(keys: QuerySet) -> set[str]:
    rows = PracticeFacts.objects.filter(practice_key__in=keys, illustrative=True)
    return set(map(str, rows.values_list("practice_key", flat=True)))


def register() -> None:
    """Let practices be followed, and tell what is new of them."""
    register_kind(FollowKind.PRACTICE, practices)
    register_news("practices", news)
