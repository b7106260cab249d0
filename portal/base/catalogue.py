"""Finds the interface's strings in Django templates, for Babel (`babel.cfg`): no GNU gettext is needed to keep the catalogues."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import IO, Any

from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

Message = tuple[int | None, str | None, Any, list[str]]

_STRING = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_TRANSLATE = re.compile(rf"^trans(?:late)?\s+{_STRING}(?:.*\bcontext\s+{_STRING})?", re.DOTALL)
_CONSTANT = re.compile(rf"_\({_STRING}\)")
_CONTEXT = re.compile(rf"\bcontext\s+{_STRING}")


def extract_template(fileobj: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any) -> Iterator[Message]:
    """Yield (line, function, message, comments) for each string of a template, as Babel's extraction methods do.

    Reads `translate`, `blocktranslate` (with plural, context and trimmed) and `_("…")`.
    """
    tokens = iter(Lexer(fileobj.read().decode("utf-8")).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        for match in _CONSTANT.finditer(token.contents):
            yield token.lineno, "gettext", _msgid(match[1]), []
        if token.token_type is TokenType.BLOCK:
            yield from _block(token, tokens)


def _block(token: Token, tokens: Iterator[Token]) -> Iterator[Message]:
    if match := _TRANSLATE.match(token.contents):
        yield _message(token.lineno, _msgid(match[1]), None, _unquote(match[2]) if match[2] else None)
    elif re.match(r"blocktrans(late)?\b", token.contents):
        singular, plural = _block_text(tokens)
        if re.search(r"\btrimmed\b", token.contents):
            singular, plural = trim_whitespace(singular), plural and trim_whitespace(plural)
        context = _CONTEXT.search(token.contents)
        yield _message(token.lineno, singular, plural, _unquote(context[1]) if context else None)


def _block_text(tokens: Iterator[Token]) -> tuple[str, str | None]:
    """Return the singular and the plural of a `blocktranslate` whose opening tag was read."""
    forms = [""]
    for token in tokens:
        if token.token_type is TokenType.BLOCK:
            if token.contents.startswith("end"):
                break
            forms.append("")  # {% plural %}
        elif token.token_type is TokenType.VAR:
            forms[-1] += f"%({token.contents})s"
        elif token.token_type is TokenType.TEXT:
            forms[-1] += token.contents.replace("%", "%%")
    return forms[0], forms[1] if len(forms) > 1 else None


def _message(line: int | None, singular: str, plural: str | None, context: str | None) -> Message:
    forms = (singular, plural) if plural is not None else (singular,)
    function = ("n" if plural is not None else "") + "gettext"
    if context is not None:
        return line, f"{function[:-7]}pgettext", (context, *forms), []
    return line, function, forms if plural is not None else singular, []


def _msgid(literal: str) -> str:
    """Return the message that Django looks up for a literal: its percent signs are doubled."""
    return _unquote(literal).replace("%", "%%")


def _unquote(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal[1:-1])
