"""The directory of organisations: who there is, and what public practices each carried or was asked. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext

from good_practices.models import PracticePage
from portal.people.enums import OrganisationKind, PartnershipKind
from portal.people.models import Organisation
from portal.vocabulary.models import Territory
from search.analysis import tokenise
from search.cleaning import clean
from search.completion import matches
from search.labels import facet_label
from search.ordering import alphabetical

MAX_NAME = 200
"""Characters of a name that are looked for."""


@dataclass(frozen=True, slots=True)
class DirectoryFilter:
    """What a reader wants listed, "" for all; `notices` say what was not recognised."""

    regions: tuple[Territory, ...]
    name: str = ""
    kind: str = ""
    region: str = ""
    partnership: str = ""
    notices: tuple[str, ...] = ()

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds to choose from: value and name."""
        return [(value, str(label)) for value, label in OrganisationKind.choices]

    @property
    def partnerships(self) -> list[tuple[str, str]]:
        """The kinds of partnership to choose from: value and name."""
        return [(value, str(label)) for value, label in PartnershipKind.choices]

    @property
    def active(self) -> bool:
        """Whether not all are listed."""
        return bool(self.name or self.kind or self.region or self.partnership)


def filter_of(asked: QueryDict) -> DirectoryFilter:
    """Return what an address asks for; what cannot be meant is left out, and said."""
    regions = tuple(Territory.objects.regions())
    known: dict[str, tuple[Collection[str], str]] = {
        "kind": (OrganisationKind.values, gettext("Kind")),
        "region": ({region.iso_code for region in regions}, facet_label("region")),
        "partnership": (PartnershipKind.values, gettext("Partnership")),
    }
    given = {name: asked.get(name, "") for name in known}
    notices = [
        gettext("A filter was not recognised and was left out: %(facet)s.") % {"facet": known[name][1]}
        for name, value in given.items()
        if value and value not in known[name][0]
    ]
    name = clean(asked.get("q", "")).strip()
    if len(name) > MAX_NAME:
        notices.append(gettext("The name was too long: only its beginning was looked for."))
    chosen = {key: value for key, value in given.items() if value in known[key][0]}
    return DirectoryFilter(regions, name=name[:MAX_NAME], notices=tuple(notices), **chosen)


def found_by(wanted: DirectoryFilter, language: str) -> list[int]:
    """Return the keys of the organisations that a filter leaves, in alphabetical order of their names in `language`.

    A name is found in any language, whatever its accents and the forms of its Arabic letters, by the beginnings of its words.
    """
    rows = _narrowed(wanted).only("pk", "slug", "name_ar", "name_fr", "name_en")
    words = tuple(token.exact for token in tokenise(wanted.name, language))
    named = [row for row in rows.iterator() if not words or _has_name(row, words)]
    return [row.pk for row in sorted(named, key=lambda row: (alphabetical(row.name_in(language), language), row.slug))]


def practice_counts(keys: Sequence[int]) -> Mapping[int, int]:
    """Return how many public practices each of some organisations carried or was asked, once whatever their languages."""
    counts: dict[int, int] = {}
    for field in ("practice_organisations__organisation", "authority"):
        pages = PracticePage.objects.published().filter(**{f"{field}__in": keys}).order_by()
        for key, number in pages.values_list(field).annotate(number=Count("translation_key", distinct=True)):
            counts[key] = counts.get(key, 0) + number
    return counts


def _narrowed(wanted: DirectoryFilter) -> QuerySet[Organisation]:
    rows = Organisation.objects.order_by()
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.partnership:
        rows = rows.filter(partnership=wanted.partnership)
    if wanted.region:
        paths = ("territory", "territory__parent", "territory__parent__parent")
        within = Q()
        for path in paths:
            within |= Q(**{f"{path}__iso_code": wanted.region})
        rows = rows.filter(within)
    return rows


def _has_name(organisation: Organisation, words: Sequence[str]) -> bool:
    names = {"ar": organisation.name_ar, "fr": organisation.name_fr, "en": organisation.name_en}
    return any(matches(words, name, language) for language, name in names.items() if name)
