"""How to cite a practice: in words, as BibTeX (for biber, UTF-8) and as CSL-JSON 1.0.2."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from good_practices.models import PracticePage
from portal.base.languages import locale_code
from portal.base.text import writable

LANGUAGES = {"ar": "arabic", "fr": "french", "en": "english"}
"""The names that BibLaTeX has for the portal's languages."""

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "{}$&#%_"},
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation is made of. `published` is the day of the version that is cited."""

    key: str
    authors: tuple[str, ...]
    title: str
    published: datetime.date
    library: str
    url: str
    language: str
    licence: str
    note: str

    @property
    def words(self) -> str:
        """The citation in one line, in the active language, without the address that ends it."""
        authors = _(", ").join(self.authors)
        parts = {"authors": authors, "year": self.published.year, "title": self.title, "library": self.library}
        if authors:
            line = _("%(authors)s (%(year)d). “%(title)s”. %(library)s.") % parts
        else:
            line = _("“%(title)s” (%(year)d). %(library)s.") % parts
        return " ".join(filter(None, [line, f"{self.note}." if self.note else ""]))

    @property
    def bibtex(self) -> str:
        """The citation as a BibTeX entry; what is special to TeX is escaped, Arabic stands as it is."""
        fields = {
            "author": " and ".join(f"{{{_tex(author)}}}" for author in self.authors),
            "title": f"{{{_tex(self.title)}}}",
            "date": self.published.isoformat(),
            "year": str(self.published.year),
            "organization": f"{{{_tex(self.library)}}}",
            "url": re.sub(r"[{}\\\s]", "", self.url),
            "langid": LANGUAGES[self.language],
            "note": _tex(". ".join(filter(None, [self.note, self.licence]))),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@online{{{self.key},\n" + ",\n".join(lines) + "\n}\n"

    @property
    def csl(self) -> list[dict[str, Any]]:
        """The citation as the one item of a CSL-JSON list."""
        item = {
            "id": self.key,
            "type": "webpage",
            "title": _plain(self.title),
            "author": [{"literal": _plain(author)} for author in self.authors],
            "issued": {"date-parts": [[self.published.year, self.published.month, self.published.day]]},
            "container-title": _plain(self.library),
            "URL": self.url,
            "language": self.language,
            "license": self.licence,
            "note": _plain(self.note),
        }
        return [{name: value for name, value in item.items() if value}]

    @property
    def csl_json(self) -> str:
        """`csl` as text."""
        return json.dumps(self.csl, ensure_ascii=False, indent=2) + "\n"


def citation_of(page: PracticePage, url: str) -> Citation:
    """Return the citation of a practice in the active language; `url` is its absolute address."""
    language = locale_code(page.locale_id)
    moment = page.last_published_at or page.first_published_at or page.latest_revision_created_at or timezone.now()
    return Citation(
        key=f"moucharaka-{page.translation_key.hex[:8]}-{language}",
        authors=tuple(organisation.name for organisation in page.organisations),
        title=page.title,
        published=timezone.localdate(moment),
        library=_("Moucharaka Mouwatina, library of good practices"),
        url=url,
        language=language,
        licence=page.licence,
        note=_("Illustrative example") if page.illustrative else "",
    )


def _plain(text: str) -> str:
    return " ".join(writable(text).split())


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in _plain(text))
