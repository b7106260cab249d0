"""A contribution's words as a practice page, and back: by fields, so that a reviewer's and a contributor's can be told apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import unescape
from typing import Any

from django.utils.html import escape, strip_tags
from django.utils.text import slugify

from good_practices.models import Contribution, LibraryPage, PracticeOrganisation, PracticePage, PracticeStage
from portal.people.domain import council_of
from portal.vocabulary.models import Territory, Theme

RICH = ("problem", "action", "reply", "result", "lessons")
PLAIN = (
    *("title", "summary", "instrument", "outcome"),
    *("needed_people", "needed_time", "needed_money", "needed_partners", "needed_texts"),
)
MERGED = (*PLAIN, *RICH, "territory", "authority_place", "themes", "stages")
"""What both the contributor and a reviewer write."""


def rich(text: str) -> str:
    """Return plain text as rich text: an empty line opens a new paragraph, other line ends are kept."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
    return "".join(f"<p>{'<br/>'.join(escape(line) for line in part.splitlines())}</p>" for part in parts if part)


def plain(html: str) -> str:
    """Return rich text as somebody would type it."""
    marked = re.sub(r"<li[^>]*>", "- ", re.sub(r"<br\s*/?>|</li>", "\n", html))
    marked = re.sub(r"</(?:p|ul|ol|h[1-6]|blockquote)>", "\n\n", marked)
    return re.sub(r"\n{3,}", "\n\n", unescape(strip_tags(marked))).strip()


def words_of_page(page: PracticePage) -> dict[str, Any]:
    """Return a page, or a draft of it, as the form holds it: the fields of `MERGED`."""
    authority = page.authority.territory if page.authority and page.authority.territory else None
    return {
        **{name: str(getattr(page, name)) for name in PLAIN},
        **{name: plain(getattr(page, name)) for name in RICH},
        "territory": page.territory.code,
        "authority_place": authority.code if authority else "",
        "themes": sorted(theme.slug for theme in page.themes.all()),
        "stages": [{"kind": row.kind, "date": row.date.isoformat(), "note": row.note} for row in page.stages.all()],
    }


def new_page(contribution: Contribution, proposal: Mapping[str, Any]) -> PracticePage:
    """Return the draft of a practice, added below the library of the contribution's language; it has no revision yet.

    Raises LibraryPage.DoesNotExist if there is no library in that language.
    """
    library = LibraryPage.objects.select_related("locale").get(locale__language_code=contribution.language)
    page = PracticePage(live=False, has_unpublished_changes=True, owner=contribution.contributor, locale=library.locale)
    page.slug = _free_slug(str(proposal["title"]), library)
    page.contributor = contribution.contributor
    write(page, proposal, MERGED)
    added: PracticePage = library.add_child(instance=page)
    return added


def write(page: Any, proposal: Mapping[str, Any], fields: Collection[str]) -> None:
    """Put those fields of a checked proposal into `page`, and its credit and association; saving is the caller's."""
    for name in PLAIN:
        if name in fields:
            setattr(page, name, proposal[name])
    for name in RICH:
        if name in fields:
            setattr(page, name, rich(proposal[name]))
    page.draft_title = page.title
    if "territory" in fields:
        page.territory = proposal["territory"]
    if "authority_place" in fields:
        place: Territory | None = proposal["authority_place"]
        page.authority = council_of(place) if place else None
    if "themes" in fields:
        page.themes = list(Theme.objects.filter(slug__in=proposal["themes"]))
    if "stages" in fields:
        _write_stages(page, proposal["stages"])
    page.credit = proposal["credit"]
    organisation = proposal["organisation"]
    if organisation and organisation not in page.organisations:
        page.practice_organisations = [*page.practice_organisations.all(), PracticeOrganisation(organisation=organisation)]


def _write_stages(page: Any, steps: list[Mapping[str, Any]]) -> None:
    """Exchange the stages; evidence that a reviewer joined to a stage of the same kind stays with it."""
    before = {row.kind: row for row in page.stages.all()}
    rows = []
    for order, step in enumerate(steps):
        row = before.get(step["kind"]) or PracticeStage(kind=step["kind"], locale=page.locale)
        row.date, row.note, row.sort_order = step["date"], step["note"], order
        rows.append(row)
    page.stages = rows


def _free_slug(title: str, library: LibraryPage) -> str:
    base = slugify(title, allow_unicode=True)[:80].strip("-") or "practice"
    taken = {*library.RESERVED_SLUGS, *library.get_children().filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(slug for number in range(len(taken) + 1) if (slug := f"{base}-{number + 1}" if number else base) not in taken)
