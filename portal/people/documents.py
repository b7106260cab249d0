"""How organisations are found, and named in search facets."""

from __future__ import annotations

import builtins
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from portal.base.languages import language_codes, preference
from portal.people.models import Organisation
from search.documents import Document, Variant, register, register_facet
from search.ordering import alphabetical

_SPACE = 0x5A1E_0C2F_9D35_8A5A_9B1A << 48
"""The upper bits of the keys of organisations, a version 8 UUID (RFC 9562); the lower 48 are the row's own key."""


def document_key(pk: int) -> str:
    """Return the key under which the organisation `pk` is found: the same as long as it exists, whatever it is called."""
    return str(uuid.UUID(int=_SPACE | pk))


def _organisation_of(key: str) -> int | None:
    """Return the organisation that a key stands for; None where it is the key of something else."""
    try:
        number = uuid.UUID(key).int
    except ValueError:
        return None
    return number - _SPACE if number >> 48 == _SPACE >> 48 else None


@dataclass(frozen=True, slots=True)
class FoundOrganisation:
    """An organisation as a reader of one language is shown it; `language` is that of the title."""

    organisation: Organisation
    title: str
    language: str
    url: str


class OrganisationSource:
    """Associations, authorities, institutions and partners."""

    type = "organisation"
    card_template = "people/_card.html"

    @property
    def models(self) -> tuple[builtins.type[Model], ...]:
        """None: organisations have no `translation_key`; `portal.people.signals` enqueues them."""
        return ()

    def keys(self) -> Iterable[str]:
        """Return the keys of all organisations."""
        return map(document_key, Organisation.objects.order_by().values_list("pk", flat=True))

    def documents(self, keys: Collection[str]) -> Iterable[Document]:
        """Yield the documents of organisations among `keys`."""
        for key, organisation in self._found(keys).items():
            places = organisation.territory.lineage if organisation.territory else []
            facets = {
                "region": tuple(place.iso_code for place in places[-1:]),
                "province": tuple(place.iso_code for place in places[:-1] if place.iso_code),
            }
            variants = tuple(_variant(organisation, code) for code in language_codes() if getattr(organisation, f"name_{code}"))
            yield Document(key=key, type=self.type, variants=variants, facets=facets)

    def hydrate(self, keys: Collection[str], language: str) -> Mapping[str, FoundOrganisation]:
        """Return key -> the organisation to show to a reader of `language`."""
        return {key: _shown(organisation, language) for key, organisation in self._found(keys).items()}

    def links(self, keys: Collection[str], language: str) -> Mapping[str, FoundOrganisation]:
        """Return what `hydrate` does."""
        return self.hydrate(keys, language)

    def _found(self, keys: Collection[str]) -> Mapping[str, Organisation]:
        numbers = {pk: key for key in keys if (pk := _organisation_of(key)) is not None}
        if not numbers:
            return {}
        rows = Organisation.objects.select_related("territory__parent__parent").in_bulk(numbers)
        return {numbers[pk]: organisation for pk, organisation in rows.items()}


def _shown(organisation: Organisation, language: str) -> FoundOrganisation:
    named = next(code for code in preference(language) if getattr(organisation, f"name_{code}"))
    with override(language):
        url = reverse("organisation", args=[organisation.slug])
    return FoundOrganisation(organisation, organisation.name_in(named), named, url)


def _variant(organisation: Organisation, language: str) -> Variant:
    places = organisation.territory.lineage if organisation.territory else []
    with override(language):
        kinds = filter(None, [organisation.get_kind_display(), organisation.get_partnership_display()])
        words = [*map(str, kinds), *(place.name_in(language) for place in places)]
    about = str(getattr(organisation, f"about_{language}"))
    return Variant(language=language, title=organisation.name_in(language), summary=about, body="\n".join(words))


def organisation_labels(language: str) -> Mapping[str, str]:
    """Return the names of all organisations by slug, in alphabetical order."""
    names = ((row.slug, row.name_in(language)) for row in Organisation.objects.iterator())
    return dict(sorted(names, key=lambda row: (alphabetical(row[1], language), row[0])))


def register_documents() -> None:
    """Make organisations findable, and tell search how they are called."""
    register_facet("organisation", organisation_labels)
    register(OrganisationSource())
