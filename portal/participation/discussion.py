"""What a page shows of its discussion: comments, tags, and the forms of whoever may take part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from portal.participation.enums import CommentKind
from portal.participation.forms.comments import CommentForm
from portal.participation.forms.tags import TagForm
from portal.participation.models import Comment, Tagging
from portal.participation.questions import Questions, questions_of
from portal.participation.tags import taggings_of


@dataclass(slots=True)
class Discussion:
    """The discussion of a subject, as one reader sees it."""

    key: UUID
    comments: list[Comment]
    taggings: list[Tagging]
    can_take_part: bool
    next: str
    comment_form: CommentForm
    tag_form: TagForm
    questions: Questions | None

    @property
    def comment_count(self) -> int:
        """How many comments are to be read."""
        return len(self.comments)

    @property
    def comment_url(self) -> str:
        """Where the comment form is sent."""
        return reverse("add_comment", args=[self.key])

    @property
    def tag_url(self) -> str:
        """Where the tag form is sent."""
        return reverse("add_tags", args=[self.key])

    @property
    def sign_in_url(self) -> str:
        """Where a reader signs in to take part, and comes back from."""
        return f"{reverse('account_login')}?{urlencode({'next': self.next})}"

    @property
    def sign_up_url(self) -> str:
        """Where a reader makes an account to take part, and comes back from."""
        return f"{reverse('account_signup')}?{urlencode({'next': self.next})}"


def discussion_of(page: Page, request: HttpRequest, **forms: Any) -> Discussion:
    """Return the discussion of `page` and its translations.

    `forms` replaces `comment_form`, `tag_form` or `question_form`, with its errors.

    Where the page asks for questions, they stand apart from the comments.
    """
    key, place = page.translation_key, page.get_url(request) or "/"
    comments = Comment.objects.visible().filter(subject__translation_key=key).select_related("author")
    questions = questions_of(page, request, forms.get("question_form"))
    if questions:
        comments = comments.exclude(kind=CommentKind.QUESTION)
    user = getattr(request, "user", None)
    return Discussion(
        key=key,
        comments=list(comments),
        taggings=taggings_of(key),
        can_take_part=bool(user and user.is_authenticated),
        next=place,
        comment_form=forms.get("comment_form") or CommentForm(initial={"next": place}),
        tag_form=forms.get("tag_form") or TagForm(initial={"next": place}),
        questions=questions,
    )
