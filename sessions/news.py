"""What followers hear of sessions: that a recording can be played. Nothing here writes, nor asks more for more."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from portal.participation.enums import FollowKind, Happening
from portal.participation.following import News, Target, register_news
from portal.participation.models import Tagging
from search.pages import links_by_language
from sessions.models import Recording, SessionPage, SessionSpeaker


def news(since: datetime.datetime, until: datetime.datetime) -> Iterator[News]:
    """Yield the recordings that visitors can play since then."""
    rows = Recording.objects.public().filter(public_at__gt=since, public_at__lte=until).order_by()
    keys = rows.values("session_key")
    pages = SessionPage.objects.published().filter(translation_key__in=keys)
    links = links_by_language(pages)
    if not links:
        return
    about = _about(keys, pages)
    invented = set(map(str, pages.filter(illustrative=True).order_by().values_list("translation_key", flat=True)))
    for key, at, illustrative in rows.values_list("session_key", "public_at", "illustrative"):
        if named := links.get(str(key)):
            there = {code: link._replace(url=f"{link.url}#recording") for code, link in named.items()}
            targets = ((FollowKind.DISCUSSION.value, str(key)), *dict.fromkeys(about[str(key)]))
            told = illustrative or str(key) in invented
            yield News(Happening.RECORDING, at, str(key), there, targets, illustrative=told)


def _about(keys: QuerySet, pages: QuerySet[SessionPage]) -> Mapping[str, list[Target]]:
    """Return session -> what it is about that can be followed: themes, organisations of its speakers, tags."""
    about: dict[str, list[Target]] = defaultdict(list)
    speakers = SessionSpeaker.objects.filter(page__in=pages.order_by().values("pk")).exclude(speaker__organisation=None)
    tagged = Tagging.objects.visible().filter(content_object__translation_key__in=keys, tag__hidden_at=None)
    found = (
        (FollowKind.THEME, pages.exclude(themes=None).order_by().values_list("translation_key", "themes__slug")),
        (FollowKind.ORGANISATION, speakers.order_by().values_list("page__translation_key", "speaker__organisation__slug")),
        (FollowKind.TAG, tagged.order_by().values_list("content_object__translation_key", "tag__slug")),
    )
    for kind, pairs in found:
        for key, value in pairs:
            about[str(key)].append((kind.value, value))
    return about


def register() -> None:
    """Tell what is new of sessions."""
    register_news("recordings", news)
