"""The addresses of a discussion: in which order, at which page, which thread unfolded (`?comments=useful&cpage=2&thread=7`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from portal.participation.enums import CommentOrder
from portal.participation.models import Comment

THREADS_AT_ONCE = 20
REPLIES_SHOWN = 3
REPLIES_AT_ONCE = 100
"""Answers on one page of a thread that is unfolded."""

BY: Mapping[CommentOrder, tuple[str, ...]] = {
    CommentOrder.NEWEST: ("-created_at", "-pk"),
    CommentOrder.OLDEST: ("created_at", "pk"),
    CommentOrder.USEFUL: ("-useful_count", "-created_at", "-pk"),
}
PARAMETERS = ("comments", "cpage", "thread", "rpage", "reply", "quote")
_LARGEST_PAGE = 10**6
_LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Ways:
    """What an address asks of a discussion, and the addresses that ask for something else. `others`: what else it asks for."""

    place: str
    order: CommentOrder = CommentOrder.NEWEST
    page: int = 1
    thread: int | None = None
    replies_page: int = 1
    others: str = ""

    @classmethod
    def of(cls, place: str, request: HttpRequest) -> Ways:
        """Read the address of `request`, a page at `place`; what makes no sense is as if it were not there."""
        asked = request.GET
        order = asked.get("comments", "")
        others = [(name, value) for name, value in asked.items() if name not in PARAMETERS]
        return cls(
            place=place,
            order=CommentOrder(order) if order in CommentOrder.values else CommentOrder.NEWEST,
            page=whole_number(asked.get("cpage"), _LARGEST_PAGE) or 1,
            thread=whole_number(asked.get("thread"), _LARGEST_KEY),
            replies_page=whole_number(asked.get("rpage"), _LARGEST_PAGE) or 1,
            others=urlencode(others),
        )

    def link(self, anchor: str, **extra: int) -> str:
        """Return the address of what these ways ask for, at `anchor`; `extra` are further parameters (`reply`, `quote`)."""
        asked = {
            "comments": self.order.value if self.order != CommentOrder.NEWEST else None,
            "cpage": self.page if self.page > 1 else None,
            "thread": self.thread,
            "rpage": self.replies_page if self.replies_page > 1 else None,
            **extra,
        }
        own = urlencode({name: value for name, value in asked.items() if value is not None})
        question = "&".join(part for part in (self.others, own) if part)
        return f"{self.place}{'?' if question else ''}{question}#{anchor}"

    def in_order(self, order: CommentOrder) -> str:
        """Return the address of the first page in another order."""
        return replace(self, order=order, page=1, thread=None, replies_page=1).link("comments")

    def at_page(self, page: int) -> str:
        """Return the address of another page."""
        return replace(self, page=page, thread=None, replies_page=1).link("comments")

    def unfolded(self, thread: int, page: int = 1) -> str:
        """Return the address of a thread with a page of all its answers."""
        return replace(self, thread=thread, replies_page=page).link(f"comment-{thread}")

    def folded(self, anchor: str) -> str:
        """Return the address with every thread folded."""
        return replace(self, thread=None, replies_page=1).link(anchor)

    def to(self, comment: Comment, comments: models.QuerySet, person_id: int | None) -> Ways:
        """Return the ways that show this person `comment`, one of `comments`: its page, its thread unfolded if need be."""
        root = comment.parent or comment
        threads = comments.threads_seen_by(person_id)  # type: ignore[attr-defined]
        page = number_in(threads, root, BY[self.order]) // THREADS_AT_ONCE + 1
        thread, replies_page = None, 1
        if comment.parent_id:
            replies = comments.seen_by(person_id).filter(parent=comment.parent_id)  # type: ignore[attr-defined]
            number = number_in(replies, comment, BY[CommentOrder.OLDEST])
            if number >= REPLIES_SHOWN:
                thread, replies_page = comment.parent_id, number // REPLIES_AT_ONCE + 1
        return replace(self, page=page, thread=thread, replies_page=replies_page)


def number_in(found: models.QuerySet, one: models.Model, order: tuple[str, ...]) -> int:
    """Return how many of `found` stand before `one` in `order`; one query."""
    before, same = Q(pk__in=[]), Q()
    for way in order:
        name = way.removeprefix("-")
        value = getattr(one, name)
        before |= same & Q(**{f"{name}__{'gt' if way.startswith('-') else 'lt'}": value})
        same &= Q(**{name: value})
    return found.filter(before).count()


def whole_number(value: Any, largest: int) -> int | None:
    """Return the number from 1 to `largest` that `value`, a part of an address, says; else None."""
    text = str(value or "")
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(largest)):
        return None
    return number if 1 <= (number := int(text)) <= largest else None
