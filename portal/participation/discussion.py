"""What a page shows of its discussion: comments, tags, and the forms of whoever may take part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from portal.participation.domain.bans import ban_of, ban_words
from portal.participation.forms.tags import TagForm
from portal.participation.models import Tagging
from portal.participation.questions import Questions, questions_of
from portal.participation.tags import taggings_of
from portal.participation.threads import Threads, threads_of


@dataclass(slots=True)
class Discussion:
    """The discussion of a subject, as one reader sees it. `banned` says why this reader cannot write."""

    key: UUID
    threads: Threads
    taggings: list[Tagging]
    can_take_part: bool
    next: str
    tag_form: TagForm
    questions: Questions | None
    banned: str

    @property
    def closed(self) -> str:
        """Why nobody can write any more, "" where the discussion is open."""
        return self.threads.opening.closed

    @property
    def comment_count(self) -> int:
        """How many comments are to be read."""
        return self.threads.count

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
    questions = questions_of(page, request, forms.get("question_form"))
    user = getattr(request, "user", None)
    return Discussion(
        key=key,
        threads=threads_of(page, request, forms.get("comment_form")),
        taggings=taggings_of(key),
        can_take_part=bool(user and user.is_authenticated),
        next=place,
        tag_form=forms.get("tag_form") or TagForm(initial={"next": place}),
        questions=questions,
        banned=_ban_words(user),
    )


def _ban_words(user: Any) -> str:
    """Return why `user` may not write, "" where they may or nobody is signed in."""
    ban = ban_of(user) if user and user.is_authenticated else None
    return ban_words(ban) if ban else ""
