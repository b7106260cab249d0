"""Letters to people: plain text and simple HTML, in the language of who reads them.

A letter is one template, `{template}.txt`, which extends `mail/letter.txt` and fills in the blocks `subject` and `body`:
paragraphs between blank lines. The HTML says the same, paragraph by paragraph; a letter that needs more has a `{template}.html`
of its own (which extends `mail/letter.html`). `{{ url }}` and `{{ code }}`, alone in a paragraph, are shown as a link and in
large figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string, select_template
from django.utils.translation import get_language, override

from portal.base.languages import direction, language_codes
from portal.people.models import User

HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""That a machine writes, so that no machine answers (RFC 3834, section 5)."""


@dataclass(frozen=True)
class Paragraph:
    """A piece of a letter; `kind` is `text`, `url` or `code`."""

    kind: str
    text: str


def send(
    to: User | str,
    template: str,
    context: Mapping[str, Any],
    language: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    connection: BaseEmailBackend | None = None,
) -> None:
    """Send one letter. Its language is `language`, else the person's own, else the active one.

    Raises OSError if it does not leave (smtplib's errors are such), BadHeaderError for an address or a header with a line end.
    """
    letter = compose(to, template, context, language, headers=headers)
    letter.connection = connection
    letter.send()


def compose(
    to: User | str,
    template: str,
    context: Mapping[str, Any],
    language: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
) -> EmailMultiAlternatives:
    """Return the letter that `send` sends."""
    person = to if isinstance(to, User) else None
    chosen = language or (person.language if person else get_language())
    language = chosen if chosen in language_codes() else settings.LANGUAGE_CODE
    frame = {
        "name": person.display_name if person else "",
        "language": language,
        "direction": direction(language),
        "base_url": settings.BASE_URL,
    }
    with override(language):
        words = {**frame, **context}
        subject, _line, text = render_to_string(f"{template}.txt", words).strip().partition("\n")
        subject = " ".join(subject.split())
        shown = {**words, "subject": subject, "paragraphs": _paragraphs(text, words)}
        html = select_template([f"{template}.html", "mail/letter.html"]).render(shown)
    marks = {**HEADERS, "Content-Language": language, **(headers or {})}
    address = person.email if person else str(to)
    letter = EmailMultiAlternatives(subject, _tidy(text), to=[address], headers=marks)
    letter.attach_alternative(html, "text/html")
    return letter


def _tidy(text: str) -> str:
    """Return `text` with single blank lines between its paragraphs."""
    return re.sub(r"\n\s*\n", "\n\n", text).strip() + "\n"


def _paragraphs(text: str, words: Mapping[str, Any]) -> list[Paragraph]:
    return [Paragraph(_kind(one, words), one) for one in _tidy(text).strip().split("\n\n")]


def _kind(paragraph: str, words: Mapping[str, Any]) -> str:
    return next((kind for kind in ("url", "code") if words.get(kind) and paragraph == str(words[kind])), "text")
