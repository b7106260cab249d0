"""What somebody wrote before they could send it: kept in their session while they sign in, and told when the server has it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from portal.base.text import clean_text

_WAITING, _RECEIVED = "comment_drafts", "comment_drafts_received"
_MOST_DRAFTS, _LONGEST = 5, 4000
_FIELDS = ("kind", "language")


def draft_name(key: UUID, target: int | None) -> str:
    """Return what the draft of a comment on the subject `key` is called, or of an answer to the comment `target`."""
    return f"{key}:{target or ''}"


def keep_draft(request: HttpRequest, name: str) -> None:
    """Keep what was sent by somebody who is not signed in (any more), so that it is there when they are."""
    text = clean_text(request.POST.get("text", "")[: 2 * _LONGEST])[:_LONGEST]
    if not text:
        return
    words = {"text": text, **{field: clean_text(request.POST.get(field, "")[:20]) for field in _FIELDS}}
    drafts = {other: kept for other, kept in _drafts(request).items() if other != name}
    request.session[_WAITING] = dict([*drafts.items(), (name, words)][-_MOST_DRAFTS:])


def kept_draft(request: HttpRequest, name: str) -> dict[str, str] | None:
    """Return the fields of a draft, None where none was kept."""
    return _drafts(request).get(name)


def drop_draft(request: HttpRequest, name: str) -> None:
    """Forget a draft: it was sent, or its writer does not want it."""
    drafts = _drafts(request)
    if drafts.pop(name, None) is not None:
        request.session[_WAITING] = drafts


def received(request: HttpRequest, name: str) -> None:
    """Note that the server has it: the next page tells the browser to forget its own copy."""
    drop_draft(request, name)
    request.session[_RECEIVED] = [*request.session.get(_RECEIVED, []), name][-_MOST_DRAFTS:]


def take_received(request: HttpRequest) -> list[str]:
    """Return the names of drafts that the server has got since it was last asked."""
    names: list[str] = request.session.pop(_RECEIVED, []) if _RECEIVED in request.session else []
    return names


def _drafts(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(_WAITING, {}))
