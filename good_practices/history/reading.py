"""Which versions of a practice were public, who published them, and what changed; drafts are never among them.

A version is what Wagtail's log says was published: a revision that nobody published is not looked at.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, Revision

from good_practices.history.fields import labels, names_in, told
from good_practices.history.words import Piece, word_changes
from good_practices.models import PracticePage
from portal.base.languages import locale_code
from portal.people.models import Membership

PUBLISHED = "wagtail.publish"
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: the `number`-th of its page. `changed` names its fields that differ from the one before it."""

    number: int
    page: PracticePage
    language: str
    published_at: datetime.datetime
    who: str
    revision_id: int | None
    changed: tuple[str, ...] = ()
    kept: bool = True

    @property
    def url(self) -> str:
        """Where it is compared with the version before it; "" for a first one, or one that is not kept."""
        return f"{self.page.url}history/?from={self.number - 1}&to={self.number}" if self.number > 1 and self.kept else ""


@dataclass(frozen=True, slots=True)
class History:
    """One page of the versions in all languages, newest first; `own` are the numbers of those in the reader's language."""

    versions: Sequence[Version]
    own: Sequence[int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one field."""

    label: str
    pieces: Sequence[Piece]


def history_of(page: PracticePage, number: int = 1) -> History:
    """Return the `number`-th page (from 1) of the versions of a practice, in a constant number of queries."""
    every = _versions(page)
    pages = max(1, -(-len(every) // PER_PAGE))
    number = min(max(number, 1), pages)
    shown = every[(number - 1) * PER_PAGE : number * PER_PAGE]
    own = [version.number for version in every if version.page.pk == page.pk and version.revision_id]
    return History(_with_changes(shown, every), own, number, pages)


def changes_between(page: PracticePage, older: int, newer: int) -> tuple[Version, Version, list[Change]] | None:
    """Return two versions of a page by their numbers, and what changed from one to the other; None where one is not kept."""
    mine = {version.number: version for version in _versions(page, only=page)}
    if older not in mine or newer not in mine:
        return None
    pair = (mine[older], mine[newer])
    contents = _contents(pair)
    if any(version.revision_id not in contents for version in pair):
        return None
    before, after = (contents[version.revision_id] for version in pair)
    names = names_in([before, after])
    old, new = told(before, names), told(after, names)
    changes = [Change(label, word_changes(old[name], new[name])) for name, label in labels().items() if old[name] != new[name]]
    return *pair, changes


def _versions(page: PracticePage, only: PracticePage | None = None) -> list[Version]:
    """Return all published versions of a practice in its public languages, newest first, without what changed."""
    found = [only] if only else PracticePage.objects.filter(translation_key=page.translation_key).published()
    pages = {one.pk: one for one in found}
    log = PageLogEntry.objects.filter(page_id__in=pages, action=PUBLISHED).order_by("timestamp", "pk")
    rows = list(log.values_list("page_id", "timestamp", "user_id", "revision_id"))
    names = _publishers(page, {user for _page, _moment, user, _revision in rows if user})
    counted: dict[int, int] = {}
    versions = []
    for page_id, moment, user, revision in rows:
        counted[page_id] = counted.get(page_id, 0) + 1
        one = pages[page_id]
        who = names.get(user, _("The programme’s facilitators")) if user else _("The portal")
        versions.append(Version(counted[page_id], one, locale_code(one.locale_id), moment, who, revision))
    return versions[::-1]


def _publishers(page: PracticePage, users: Iterable[int]) -> dict[int, str]:
    """Return in whose name people published: their organisation, where it asked or was asked in this practice.

    Nobody's own name is told: whoever publishes does so for others.
    """
    keys = {organisation.pk for organisation in page.organisations} | {page.authority_id}
    members = Membership.objects.filter(person__in=users, organisation__in=keys - {None}, verified_at__isnull=False)
    return {membership.person_id: membership.organisation.name for membership in members.select_related("organisation")}


def _with_changes(shown: Sequence[Version], every: Sequence[Version]) -> list[Version]:
    before = {(version.page.pk, version.number + 1): version for version in every}
    earlier = {version: before.get((version.page.pk, version.number)) for version in shown}
    contents = _contents([*shown, *(one for one in earlier.values() if one)])
    names = names_in(contents.values())
    texts = {revision: told(content, names) for revision, content in contents.items()}
    words = labels()
    return [_compared(version, earlier[version], texts, words) for version in shown]


def _compared(
    version: Version, earlier: Version | None, texts: Mapping[int | None, Mapping[str, str]], words: Mapping[str, str]
) -> Version:
    new, old = texts.get(version.revision_id), texts.get(earlier.revision_id) if earlier else None
    changed = tuple(label for name, label in words.items() if new[name] != old[name]) if new and old else ()
    return Version(
        version.number,
        version.page,
        version.language,
        version.published_at,
        version.who,
        version.revision_id,
        changed,
        kept=new is not None and (earlier is None or old is not None),
    )


def _contents(versions: Iterable[Version]) -> dict[int | None, Mapping[str, Any]]:
    keys = {version.revision_id for version in versions} - {None}
    return dict(Revision.page_revisions.filter(pk__in=keys).values_list("pk", "content"))
