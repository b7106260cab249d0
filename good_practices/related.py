"""Practices that go with one: the same problem elsewhere first, and why each is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from good_practices.models import PracticePage
from portal.base.languages import in_language
from portal.vocabulary.models import Theme

CANDIDATES = 120
"""Practices of each theme that are compared, the newest first, so that the cost does not grow with the library."""

_FACTS = (
    *("pk", "instrument", "authority__territory__level"),
    *("territory_id", "territory__parent_id", "territory__parent__parent_id"),
)


@dataclass(frozen=True, slots=True)
class Related:
    """A practice and the reasons, in the reader's language, why it is shown."""

    practice: PracticePage
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    pk: int
    themes: tuple[int, ...]
    same_instrument: bool
    same_authority: bool
    elsewhere: bool

    @property
    def score(self) -> int:
        """How much it has to teach: the problem counts most, then the means, then that it was done elsewhere."""
        return 4 * len(self.themes) + 3 * self.same_instrument + 2 * self.elsewhere + self.same_authority


def related_to(page: PracticePage, limit: int = 3) -> list[Related]:
    """Return the published practices in the language of `page` that share a theme with it, the nearest first; four queries."""
    themes = {theme.pk: theme for theme in page.themes.all()}
    shared = _sharing(page, themes)
    if not shared:
        return []
    region = page.territory.region.pk
    level = page.authority.territory.level if page.authority and page.authority.territory else None
    candidates = []
    for pk, instrument, other_level, *places in PracticePage.objects.published().filter(pk__in=shared).values_list(*_FACTS):
        other_region = next(place for place in reversed(places) if place)
        candidates.append(
            _Candidate(
                pk=pk,
                themes=tuple(shared[pk]),
                same_instrument=instrument == page.instrument,
                same_authority=level is not None and other_level == level,
                elsewhere=other_region != region,
            )
        )
    best = sorted(candidates, key=lambda one: (-one.score, -one.pk))[:limit]
    pages = PracticePage.objects.for_cards().in_bulk([one.pk for one in best])
    return [Related(pages[one.pk], _reasons(one, themes)) for one in best]


def _sharing(page: PracticePage, themes: Iterable[int]) -> dict[int, list[int]]:
    """Return the newest practices that share a theme with `page`, each with the themes it shares.

    The newest are found theme by theme: so an index is walked from its end, where several themes at once would be sorted.
    """
    rows: Any = PracticePage.themes.through.objects.all()
    others = rows.filter(practicepage__locale_id=page.locale_id).exclude(practicepage_id=page.pk).order_by("-pk")
    newest = Q(pk__in=[])
    for theme in themes:
        newest |= Q(pk__in=others.filter(theme_id=theme).values("pk")[:CANDIDATES])
    found: dict[int, list[int]] = {}
    for pk, theme in rows.filter(newest).values_list("practicepage_id", "theme_id"):
        found.setdefault(pk, []).append(theme)
    return found


def _reasons(one: _Candidate, themes: Mapping[int, Theme]) -> tuple[str, ...]:
    names = _(", ").join(in_language(themes[pk], "name") for pk in sorted(one.themes))
    reasons = [_("Same theme: %(themes)s") % {"themes": names}]
    if one.same_instrument:
        reasons.append(_("Same instrument in another region") if one.elsewhere else _("Same instrument"))
    elif one.elsewhere:
        reasons.append(_("Another region"))
    if one.same_authority:
        reasons.append(_("Same kind of authority"))
    return tuple(reasons)
