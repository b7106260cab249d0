"""The files of `content/`: TOML, one for each thing and language, and a record of what its languages share."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from portal.base.languages import language_codes

CONTENT = Path(__file__).parent.parent / "content"
_NAMESPACE = uuid.UUID("5b1a4c58-0f0d-4c3b-9d35-3a5a1f0c2e10")


@dataclass(frozen=True, slots=True)
class Text:
    """One thing in one language."""

    path: str  # below content/, the name under which it is remembered as loaded
    slug: str
    language: str
    text: dict[str, Any]
    record: dict[str, Any]

    @property
    def translation_key(self) -> uuid.UUID:
        """The same for every language of the thing, and on every machine."""
        return uuid.uuid5(_NAMESPACE, self.path.rpartition("/")[0] or self.slug)

    def key(self, part: str) -> uuid.UUID:
        """Return the translation key of a part of the thing, the same for every language."""
        return uuid.uuid5(self.translation_key, part)


def session_key(slug: str) -> uuid.UUID:
    """Return the `translation_key` of the session that `content/sessions/<slug>/` becomes."""
    return uuid.uuid5(_NAMESPACE, f"sessions/{slug}")


def practice_key(slug: str) -> uuid.UUID:
    """Return the `translation_key` of the practice that `content/practices/<slug>/` becomes."""
    return uuid.uuid5(_NAMESPACE, f"practices/{slug}")


def read(path: str) -> dict[str, Any]:
    """Return the TOML file at `path` below `content/`.

    Raises FileNotFoundError, or tomllib.TOMLDecodeError.
    """
    return tomllib.loads((CONTENT / path).read_text(encoding="utf-8"))


def texts(folder: str) -> Iterator[Text]:
    """Yield the things of `content/<folder>/`, by name, the languages in the site's order."""
    for directory in sorted((CONTENT / folder).iterdir()):
        path = f"{folder}/{directory.name}"
        record = read(f"{path}/record.toml") if (directory / "record.toml").exists() else {}
        for language in language_codes():
            if (directory / f"{language}.toml").exists():
                yield Text(f"{path}/{language}.toml", directory.name, language, read(f"{path}/{language}.toml"), record)


def single(name: str, slug: str) -> Iterator[Text]:
    """Yield the one thing of `content/<name>.<language>.toml` in each language."""
    for language in language_codes():
        yield Text(f"{name}.{language}.toml", slug, language, read(f"{name}.{language}.toml"), {})


def paragraphs(text: str) -> str:
    """Return plain text as rich text; an empty line opens a new paragraph."""
    parts = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part)


def bullets(items: list[str]) -> str:
    """Return a list of sentences as rich text."""
    return f"<ul>{''.join(f'<li>{escape(item, quote=False)}</li>' for item in items)}</ul>" if items else ""


def body_blocks(html: str) -> list[tuple[str, Any]]:
    """Return simple HTML as the values of a `BodyBlock` stream: a heading for each h2, a paragraph for what lies between."""
    blocks: list[tuple[str, Any]] = []
    for element in BeautifulSoup(html, "html.parser").children:
        if not isinstance(element, Tag):
            continue
        if element.name == "h2":
            blocks.append(("heading", element.get_text(" ", strip=True)))
        elif blocks and blocks[-1][0] == "paragraph":
            blocks[-1] = ("paragraph", blocks[-1][1] + str(element))
        else:
            blocks.append(("paragraph", str(element)))
    return blocks
