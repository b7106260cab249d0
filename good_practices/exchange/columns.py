"""The one table of columns: name, kind, code list, per language or shared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from good_practices.enums import StageKind
from good_practices.models import PracticePage
from good_practices.models.practice import LONGEST_LINK
from good_practices.procedure import PETITION_STEPS
from portal.base.languages import language_codes

LONGEST_TEXT = 200_000
"""Characters of a long text that are taken."""


class Kind(StrEnum):
    """How a cell is read and written."""

    TEXT = "text"
    RICH = "rich"
    SLUG = "slug"
    CODE = "code"
    CODES = "codes"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"
    LINK = "link"
    KEY = "key"
    FILE = "file"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `language` is empty for facts that all languages share; `codes` names the list that its values come from."""

    name: str
    label: Any
    kind: Kind
    language: str = ""
    codes: str = ""
    required: bool = False
    length: int = 0
    stage: str = ""
    help: Any = ""

    @property
    def field(self) -> str:
        """The name without its language."""
        return self.name.removesuffix(f"_{self.language}") if self.language else self.name

    @property
    def title(self) -> str:
        """The label in the active language, with the language of its words."""
        return f"{self.label} – {get_language_info(self.language)['name_local']}" if self.language else str(self.label)


_LISTS = {
    "instrument": "instruments",
    "outcome": "outcomes",
    "licence": "licences",
    "territory": "territories",
    "authority": "organisations",
    "space": "spaces",
}
_RICH = ("problem", "action", "reply", "result", "lessons")
_NEEDS = ("needed_people", "needed_time", "needed_money", "needed_partners", "needed_texts")


@cache
def columns() -> tuple[Column, ...]:
    """Return every column, shared facts first, then the words of each language."""
    return (*_facts(), *(column for language in language_codes() for column in _words(language)))


@cache
def by_name() -> dict[str, Column]:
    """Return name -> column."""
    return {column.name: column for column in columns()}


@cache
def word_fields() -> frozenset[str]:
    """Return the names of the columns of words, without a language."""
    return frozenset(column.field for column in columns() if column.language)


def _facts() -> Iterator[Column]:
    semicolons = _("Several are separated by a semicolon.")
    yield Column("key", _("key in the portal"), Kind.KEY, help=_("Made by the portal; leave it empty for a new practice."))
    yield _fact(
        "external_id", Kind.TEXT, length=120, help=_("Your own, the same every time: importing again updates, never doubles.")
    )
    yield _fact("instrument", Kind.CODE, required=True)
    yield _fact("outcome", Kind.CODE)
    yield _fact("territory", Kind.CODE, required=True, help=_("Its code, or its name; where several bear it, the code."))
    yield _fact("authority", Kind.CODE, help=_("The address (slug) of an organisation, or its name."))
    yield Column("organisations", _("associations"), Kind.CODES, codes="organisations", help=semicolons)
    yield Column("themes", _("themes"), Kind.CODES, codes="themes", required=True, help=semicolons)
    yield Column("axes", _("axes"), Kind.CODES, codes="axes", help=semicolons)
    for kind in PETITION_STEPS:
        yield Column(f"stage_{kind}_on", _stage(kind, _("date")), Kind.DATE, stage=kind)
        yield Column(f"stage_{kind}_link", _stage(kind, _("address")), Kind.LINK, stage=kind, length=LONGEST_LINK)
        yield Column(f"stage_{kind}_file", _stage(kind, _("document")), Kind.FILE, stage=kind)
    yield Column("figures", _("figures of the result"), Kind.LINES, help=_("One a line: the value, a space, the unit."))
    yield Column(
        "evidence",
        _("evidence"),
        Kind.LINES,
        help=_("One a line: an address, or file: and the name of a file; a hyphen where there is only a title."),
    )
    yield _fact("institutionalised_on", Kind.DATE)
    yield _fact("institutionalising_link", Kind.LINK, length=LONGEST_LINK)
    yield _fact("space", Kind.CODE)
    yield _fact("licence", Kind.CODE)
    yield _fact("credit", Kind.TEXT, length=200)
    yield _fact("illustrative", Kind.FLAG)
    yield Column("inspired_by", _("inspired by"), Kind.KEY, help=_("The key of the practice that this one follows."))


def _words(language: str) -> Iterator[Column]:
    yield _word("title", language, Kind.TEXT, length=255, required=True)
    yield _word("slug", language, Kind.SLUG, length=255, help=_("The last part of the page's address; made of the title."))
    yield Column(f"published_at_{language}", _("first published at"), Kind.MOMENT, language)
    yield _word("summary", language, Kind.TEXT, length=300)
    for field in _RICH:
        yield _word(field, language, Kind.RICH, required=field == "problem", length=LONGEST_TEXT)
    for field in _NEEDS:
        yield _word(field, language, Kind.TEXT, length=LONGEST_TEXT)
    yield _word("institutionalising_act", language, Kind.TEXT, length=300)
    for kind in PETITION_STEPS:
        name = f"stage_{kind}_note_{language}"
        yield Column(name, _stage(kind, _("what happened")), Kind.TEXT, language, stage=kind, length=LONGEST_TEXT)
    lines = _("One a line, in the order of the shared column.")
    yield Column(f"figure_labels_{language}", _("what is counted"), Kind.LINES, language, help=lines, length=160)
    yield Column(f"evidence_titles_{language}", _("titles of the evidence"), Kind.LINES, language, help=lines, length=250)


def _label(name: str) -> Any:
    field: Any = PracticePage._meta.get_field(name)
    return field.verbose_name


def _fact(name: str, kind: Kind, **options: Any) -> Column:
    return Column(name, _label(name), kind, codes=_LISTS.get(name, ""), **options)


def _word(field: str, language: str, kind: Kind, **options: Any) -> Column:
    return Column(f"{field}_{language}", _label(field), kind, language, **options)


class _StageLabel:
    """The label of a stage's column, in whatever language is active when it is shown."""

    def __init__(self, kind: StageKind, part: Any) -> None:
        self._kind, self._part = kind, part

    def __str__(self) -> str:
        return gettext("%(stage)s: %(part)s") % {"stage": self._kind.label, "part": self._part}


def _stage(kind: StageKind, part: Any) -> _StageLabel:
    return _StageLabel(kind, part)
