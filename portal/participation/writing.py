"""The forms of a discussion: a thread of one's own, and an answer to a comment, with what was kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from portal.participation.drafts import draft_name, kept_draft, take_received
from portal.participation.enums import CommentKind, CommentOrder
from portal.participation.forms.comments import LARGEST_KEY, CommentForm
from portal.participation.models import Comment, Subject
from portal.participation.ways import Ways, whole_number
from portal.people.domain import signed_in


@dataclass(slots=True)
class Writing:
    """A form to write with. `target`: the comment that is answered, None for a thread of one's own; `quotes`: shown with it.

    `restored`: it holds what was kept while its writer signed in.
    """

    key: UUID
    person: int
    place: str
    form: CommentForm
    target: Comment | None = None
    quotes: bool = False
    restored: bool = False
    order: CommentOrder = CommentOrder.NEWEST

    @property
    def id(self) -> str:
        """The anchor of the form."""
        return f"reply-form-{self.target.pk}" if self.target else "comment-form"

    @property
    def root(self) -> int | None:
        """The key of what began the thread that is answered."""
        return (self.target.parent_id or self.target.pk) if self.target else None

    @property
    def shows_target(self) -> bool:
        """Whether what is answered is shown with the answer."""
        return self.target is not None and (self.quotes or self.target.parent_id is not None)

    @property
    def url(self) -> str:
        """Where it is sent; one comes back to the order in which one read."""
        order = f"?comments={self.order}" if self.order != CommentOrder.NEWEST else ""
        return f"{reverse('add_comment', args=[self.key])}{order}"

    @property
    def draft(self) -> str:
        """What its draft is called, on the server and in the browser."""
        return draft_name(self.key, self.target.pk if self.target else None)


def writing_of(
    page: Page, request: HttpRequest, subject: Subject | None, ways: Ways, form: CommentForm | None
) -> tuple[Writing, Writing | None, list[str]]:
    """Return the form for a thread, the one for the answer that the address asks for (`?reply=` or `?quote=` with the key of a
    comment), and the drafts that the server has got.
    """
    asked = request.GET if request.method == "GET" else {}
    target = subject and readable_target(page, subject, asked.get("reply") or asked.get("quote"))
    reply = write(page, request, ways.folded("comments"), target, quotes="quote" in asked) if target else None
    return write(page, request, ways.place, form=form), reply, take_received(request)


def comments_of(subject: Subject, page: Page) -> models.QuerySet:
    """Return the comments of a page; where it has another place for questions, without these."""
    found = Comment.objects.filter(subject=subject)
    return found.exclude(kind=CommentKind.QUESTION) if getattr(page, "asks_questions", False) else found


def readable_target(page: Page, subject: Subject, key: Any) -> Comment | None:
    """Return the comment with this key that can be answered on the page, None where there is none."""
    number = whole_number(key, LARGEST_KEY)
    if number is None:
        return None
    visible = comments_of(subject, page).visible()  # type: ignore[attr-defined]
    return visible.filter(pk=number).select_related("author", "parent").first()


def write(
    page: Page,
    request: HttpRequest,
    place: str,
    target: Comment | None = None,
    *,
    quotes: bool = False,
    form: CommentForm | None = None,
) -> Writing:
    """Return a form to write on `page`, or to answer `target`: `form`, which came back, else one with the draft that was kept."""
    key = page.translation_key
    kept = None if form else kept_draft(request, draft_name(key, target.pk if target else None))
    if form is None:
        form = comment_form(page, target, initial=kept or {})
    person, order = signed_in(request).pk, Ways.of(place, request).order
    return Writing(key, person, place, form, target, quotes, restored=kept is not None, order=order)


def comment_form(page: Page, target: Comment | None, data: Any = None, **kwargs: Any) -> CommentForm:
    """Return the form of a comment on `page`; of an answer where there is a `target`."""
    auto_id = f"reply_{target.pk}_%s" if target else "comment_%s"
    asks = not getattr(page, "asks_questions", False)
    return CommentForm(data, auto_id=auto_id, asks=asks, replies=target is not None, **kwargs)
