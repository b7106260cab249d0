"""The questions of a page that asks for them: what most want answered first, those that are answered marked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from portal.participation.domain.questions import ANSWER
from portal.participation.forms.questions import QuestionForm
from portal.participation.models import Comment

QUESTIONS_SHOWN = 30
"""More are shown to whoever asks for all."""


@dataclass(slots=True)
class Questions:
    """The questions of a subject, as one reader sees them. `person` is who is signed in, None where nobody is."""

    key: UUID
    next: str
    person: int | None
    form: QuestionForm
    shown: list[Comment]
    count: int
    everything: bool
    is_open: bool
    is_live: bool
    can_answer: bool

    @property
    def ask_url(self) -> str:
        """Where the form is sent."""
        return reverse("questions", args=[self.key])

    @property
    def list_url(self) -> str:
        """Where the list is asked for again."""
        return f"{self.ask_url}?questions=all" if self.everything else self.ask_url

    @property
    def all_url(self) -> str:
        """The page with all questions, "" where none is left out."""
        return f"{self.next}?questions=all#questions" if self.count > len(self.shown) else ""

    @property
    def sign_in_url(self) -> str:
        """Where a reader signs in to ask or to vote, and comes back from."""
        return f"{reverse('account_login')}?{urlencode({'next': f'{self.next}#questions'})}"

    @property
    def sign_up_url(self) -> str:
        """Where a reader makes an account to ask or to vote, and comes back from."""
        return f"{reverse('account_signup')}?{urlencode({'next': f'{self.next}#questions'})}"

    @property
    def mark(self) -> str:
        """What changes when the list does: a list that says the same is not drawn again."""
        rows = [(one.pk, one.vote_count, one.voted, one.answered_at, one.answer) for one in self.shown]  # type: ignore[attr-defined]
        seen = f"{rows} {self.count} {self.person} {self.can_answer} {get_language()}"
        return hashlib.sha256(seen.encode()).hexdigest()[:16]


def questions_of(page: Any, request: HttpRequest, form: QuestionForm | None = None) -> Questions | None:
    """Return the questions on `page` and its translations, None where it asks for none; two queries at most.

    A page asks with `asks_questions`, and says with `questions_open` and `questions_live` whether it takes new ones and
    whether the list is looked at again every minute. `form` is one that came back with its errors.
    """
    if not getattr(page, "asks_questions", False):
        return None
    user = getattr(request, "user", None)
    person = user.pk if user and user.is_authenticated else None
    everything = request.method == "POST" or request.GET.get("questions") == "all"
    shown, count = _load(page, person, everything)
    return Questions(
        key=page.translation_key,
        next=page.get_url(request) or "/",
        person=person,
        form=form or QuestionForm(),
        shown=shown,
        count=count,
        everything=everything,
        is_open=page.questions_open,
        is_live=page.questions_live,
        can_answer=bool(person and user and user.has_perm(ANSWER)),
    )


def _load(page: Page, person: int | None, everything: bool) -> tuple[list[Comment], int]:
    """Return the questions to show, and how many there are."""
    found = Comment.objects.visible().questions().filter(subject__translation_key=page.translation_key)
    ordered = found.with_votes(person).by_votes().select_related("author", "answered_by")
    if everything:
        shown = list(ordered)
        return shown, len(shown)
    shown = list(ordered[: QUESTIONS_SHOWN + 1])
    return shown[:QUESTIONS_SHOWN], len(shown) if len(shown) <= QUESTIONS_SHOWN else found.count()
