"""What can be found: one document per subject, and the registry in which apps say how to make and show theirs."""

import builtins
import datetime
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model

from portal.base.memory import remembered
from search.cleaning import clean

LAST_SECOND = 2**32 - 1
"""The last second of publication that an index can hold, in 2106."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said at one moment of a recording: seconds from its start, the words, and the address that plays it there."""

    start: float
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One language's text of a subject, plain text throughout. Speech (`cues`) is searched with the body."""

    language: str  # "ar" | "fr" | "en"
    title: str
    summary: str = ""
    body: str = ""
    cues: tuple[Cue, ...] = ()

    @property
    def speech(self) -> str:
        """Everything that is said, to be indexed with the body."""
        return "\n".join(cue.text for cue in self.cues)

    def cues_as_json(self) -> str:
        """Return the cues as an engine keeps them; "" where there are none."""
        return json.dumps([(cue.start, clean(cue.text), cue.url) for cue in self.cues], ensure_ascii=False) if self.cues else ""

    @staticmethod
    def cues_from_json(stored: str) -> tuple[Cue, ...]:
        """Return the cues that `cues_as_json` wrote."""
        return tuple(Cue(*fields) for fields in json.loads(stored)) if stored else ()


@dataclass(frozen=True, slots=True)
class Document:
    """One subject (Wagtail's `translation_key`) with all its languages, so that facet counts are exact."""

    key: str
    type: str  # practice, session, page, organisation, material
    variants: tuple[Variant, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: datetime.date | None = None
    discussion: int = 0  # how much it is discussed: what `sort=discussion` orders by
    published_at: datetime.datetime | None = None
    """When the first of its public languages was first published (aware): what `sort="published"` orders by."""

    @property
    def published_second(self) -> int:
        """The moment of publication as engines keep it: whole seconds since 1970 (UTC), from 1 to `LAST_SECOND`; 0 for none."""
        return min(max(int(self.published_at.timestamp()), 1), LAST_SECOND) if self.published_at else 0

    def all_facets(self) -> dict[str, tuple[str, ...]]:
        """Return the given facets with those that follow from the document: type, language and year."""
        derived = {"type": (self.type,), "language": tuple(variant.language for variant in self.variants)}
        if self.date is not None:
            derived["year"] = (str(self.date.year),)
        return {**{name: tuple(dict.fromkeys(values)) for name, values in self.facets.items()}, **derived}


def moment_of(second: int) -> datetime.datetime | None:
    """Return the moment that `Document.published_second` stands for."""
    return datetime.datetime.fromtimestamp(second, datetime.UTC) if second else None


class DocumentSource(Protocol):
    """What an app registers for one type of document."""

    type: str
    card_template: str
    """Shows a hit: context `hit`, with `hit.object`; "" for the plain card."""

    @property
    def models(self) -> tuple[builtins.type[Model], ...]:
        """Saving or deleting one of these enqueues its `translation_key`."""

    def keys(self) -> Iterable[str]:
        """Return every key that may have a public document."""

    def documents(self, keys: Collection[str]) -> Iterable[Document]:
        """Return the documents of what is public now; a key with nothing public yields nothing."""

    def hydrate(self, keys: Collection[str], language: str) -> Mapping[str, Any]:
        """Return key -> the object to show in `language`, or the best other, through the live public queryset.

        Constant queries. An object says its title (`title`), its language (`locale.language_code`, so select the locale
        with it, or `language`) and its address (`get_absolute_url()`, or `url`).
        """

    def links(self, keys: Collection[str], language: str) -> Mapping[str, Any]:
        """Return what `hydrate` does where no card is shown: the objects need say nothing but title, language and address."""


def language_of(found: Any) -> str:
    """Return the language of an object that a source gave."""
    locale = getattr(found, "locale", None)
    return str(locale.language_code if locale is not None else found.language)


def url_of(found: Any) -> str:
    """Return the address of an object that a source gave."""
    absolute = getattr(found, "get_absolute_url", None)
    return str((absolute() if absolute else found.url) or "")


Labels = Callable[[str], Mapping[str, str]]
Names = Callable[[Collection[str]], Mapping[str, str]]

_sources: dict[str, DocumentSource] = {}
_labels: dict[str, Labels] = {}
_names: dict[str, Names] = {}
_current: dict[str, Names] = {}
_parents: dict[str, tuple[str, Callable[[], Mapping[str, str]]]] = {}


def register(source: DocumentSource) -> None:
    """Add the source of a type (call it in `AppConfig.ready`); registering a type again replaces its source."""
    from search.signals import connect  # models are loaded when apps are ready, not when this module is read

    _sources[source.type] = source
    connect(source)


def unregister(type_: str) -> None:
    """Forget the source of a type; unknown types are ignored."""
    _sources.pop(type_, None)


def source_for(type_: str) -> DocumentSource:
    """Return the source of a type. Raises KeyError for a type that nobody registered."""
    return _sources[type_]


def sources() -> tuple[DocumentSource, ...]:
    """Return every registered source, in the order of registration."""
    return tuple(_sources.values())


def register_facet(
    name: str, labels: Labels, *, within: str = "", parents: Callable[[], Mapping[str, str]] | None = None
) -> None:
    """Say how the values of a facet are called: language -> {value: label in that language, in display order}.

    The values of a facet that lies `within` another (provinces within regions) are shown below the chosen value of the other
    that `parents` (value -> the other's value) names.
    """
    _labels[name] = labels
    _parents.pop(name, None)
    if within and parents:
        _parents[name] = (within, parents)


def register_names(name: str, names: Names) -> None:
    """Say how to name values of a facet that may have any, as tags: the values that are shown -> {value: its name}."""
    _names[name] = names


def register_current(name: str, current: Names) -> None:
    """Say which values of a facet have become others, as merged tags: the values that are asked for -> {value: the new one}."""
    _current[name] = current


def current_of(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return values of a facet as they are now: those that have become others, replaced, each once."""
    current = _current.get(name)
    changed = current(values) if current and values else {}
    return tuple(dict.fromkeys(changed.get(value, value) for value in values))


def names_of(name: str, values: Collection[str]) -> Mapping[str, str]:
    """Return the names of some values of a facet that may have any; of those without a name nothing."""
    names = _names.get(name)
    return names(values) if names and values else {}


def has_labels(name: str) -> bool:
    """Tell whether somebody said how the values of a facet are called."""
    return name in _labels


def outer_of(name: str) -> str:
    """Return the facet that a facet lies within, "" for one that stands alone."""
    return _parents[name][0] if name in _parents else ""


def parents_of(name: str) -> tuple[str, Mapping[str, str]] | None:
    """Return the facet that a facet lies within, and value -> the other's value; None for one that stands alone."""
    found = _parents.get(name)
    return (found[0], remembered(("parents", name), found[1])) if found else None


def registered_labels(name: str, language: str) -> Mapping[str, str] | None:
    """Return the labels of a facet's values in display order, or None where nobody registered any."""
    labels = _labels.get(name)
    return remembered(("labels", name, language), lambda: labels(language)) if labels else None
