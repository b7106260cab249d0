"""One person's digest: their part of the news, grouped by what they follow, each told once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.base.dates import localdate
from portal.participation.digests.gathering import Gathered
from portal.participation.enums import FollowKind, Happening
from portal.participation.following import News, Target
from search.pages import Link, best_link

MOST = 30
"""Lines of a digest: the rest is counted."""

_KINDS = {kind: place for place, kind in enumerate(FollowKind.values)}
_NEW = {Happening.PRACTICE, Happening.TAGGED, Happening.FOUND}


class Reader(NamedTuple):
    """Whom a digest is for. `links` is the version of the links in their e-mails."""

    pk: int
    email: str
    name: str
    language: str
    links: int


class Followed(NamedTuple):
    """What somebody follows, and since when (aware)."""

    pk: int
    target: Target
    since: datetime.datetime


@dataclass(frozen=True, slots=True)
class Line:
    """Something new, in words of the reader's language, as text and as HTML."""

    text: str
    html: SafeString


@dataclass(slots=True)
class Section:
    """What is new about one thing that is followed."""

    follow: int
    kind: str
    title: str
    url: str
    news: list[tuple[News, int]]
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Content:
    """What a digest says: at most `MOST` lines, `more` beyond them, `count` in all."""

    sections: list[Section]
    count: int

    @property
    def more(self) -> int:
        """How many are only counted."""
        return self.count - sum(len(section.lines) for section in self.sections)


class Composer:
    """Makes digests of what was gathered; lines are drawn once for each language, not for each reader.

    The reader's language is to be active.
    """

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._drawn: dict[tuple[int, int, str], Line] = {}

    def compose(self, reader: Reader, follows: Sequence[Followed], since: datetime.datetime) -> Content | None:
        """Return what is new since `since` about what the reader follows, None where nothing is."""
        told: set[tuple[str, str]] = set()
        sections = []
        for follow in sorted(follows, key=lambda one: (_KINDS.get(one.target[0], len(_KINDS)), one.target[1])):
            name = self._gathered.names.get((follow.target, reader.language))
            news = self._untold(reader, follow, max(since, follow.since), told) if name else []
            if news and name:
                kind = str(FollowKind(follow.target[0]).label)
                sections.append(Section(follow.pk, kind, name.title, absolute(name.url), news))
        if not sections:
            return None
        for section, number in zip(sections, shares([len(section.news) for section in sections], MOST), strict=True):
            section.lines = [self._line(news, times, reader.language) for news, times in section.news[:number]]
        return Content([one for one in sections if one.lines], sum(len(section.news) for section in sections))

    def _untold(
        self, reader: Reader, follow: Followed, since: datetime.datetime, told: set[tuple[str, str]]
    ) -> list[tuple[News, int]]:
        """Return the news that no earlier section tells, with how many of the same each stands for; `told` grows."""
        kept: dict[tuple[str, str], tuple[News, int]] = {}
        for news in self._gathered.news.get(follow.target, ()):
            if news.at <= since or news.author == reader.pk:
                continue
            once = _once(news)
            if once in kept:
                kept[once] = (kept[once][0], kept[once][1] + 1)
            elif once not in told:
                kept[once] = (news, 1)
        told.update(kept)
        return list(kept.values())

    def _line(self, news: News, times: int, language: str) -> Line:
        key = (id(news), times, language)
        if key not in self._drawn:
            self._drawn[key] = _draw(news, times, best_link(news.links, language))
        return self._drawn[key]


def _once(news: News) -> tuple[str, str]:
    """Return what two news have in common of which one is enough."""
    if news.happening in _NEW:
        return news.subject, "new"
    detail = str(news.detail) if news.happening == Happening.STAGE else ""
    return news.subject, f"{news.happening} {detail}"


def _draw(news: News, times: int, link: Link) -> Line:
    words = str(Happening(news.happening).label)
    if news.happening == Happening.COMMENT:
        words = ngettext("%(number)d new comment", "%(number)d new comments", times) % {"number": times}
    elif news.detail:
        words = _("%(what)s: %(detail)s") % {"what": words, "detail": news.detail}
    day = localdate(timezone.localtime(news.at))
    title, url = " ".join(link.title.split()), absolute(link.url)
    said = f"{words} · {day}{f' · {invented}' if (invented := _invented(news)) else ''}"
    html = format_html('<a href="{}" lang="{}"><bdi>{}</bdi></a><br>{}', url, link.language, title, said)
    text = f"- {title}\n  {said}\n  {url}\n"
    return Line(text, html)


def _invented(news: News) -> str:
    return _("illustrative example") if news.illustrative else ""


def absolute(url: str) -> str:
    """Return an address of the portal with its host."""
    return url if url.startswith(("http://", "https://")) else f"{settings.BASE_URL}{url}"


def shares(wanted: Sequence[int], most: int) -> list[int]:
    """Return how many of `most` places each gets that wants some: turn by turn, so that none is left out for a large one."""
    given = [0] * len(wanted)
    left = most
    while left and (hungry := [place for place, number in enumerate(wanted) if given[place] < number]):
        for place in hungry[:left]:
            given[place] += 1
        left -= len(hungry[:left])
    return given
