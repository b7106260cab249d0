"""Questions to a session: the list, votes, answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HTMX_STOP_POLLING
from wagtail.models import Page

from portal.base.languages import current_language
from portal.participation.domain import questions as domain
from portal.participation.domain.comments import add_comment
from portal.participation.domain.questions import ANSWER, mark_answered, unmark_answered, withdraw_vote
from portal.participation.enums import CommentKind
from portal.participation.forms.questions import AnswerForm, QuestionForm
from portal.participation.models import Comment
from portal.participation.questions import QUESTIONS_SHOWN, questions_of
from portal.participation.views.answering import again, done, fragment, page_of, sign_in_first, thanks_for
from portal.people.agreeing import agreed
from portal.people.domain import signed_in


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer htmx with the list of questions (GET), or keep a question on the subject `key` (POST).

    A list that says the same as what the reader has is 204; one that nobody need ask for again is 286, which stops htmx.
    """
    page = page_of(key)
    if not getattr(page, "asks_questions", False):
        raise Http404
    if request.method == "POST":
        return _ask(request, page)
    if not getattr(request, "htmx", False):
        response: HttpResponse = redirect(f"{page.get_url(request)}#questions")
    else:
        found = questions_of(page, request)
        if found and found.is_live and request.GET.get("seen") == found.mark:
            response = HttpResponse(status=204)
        else:
            status = 200 if found and found.is_live else HTMX_STOP_POLLING
            response = render(request, "participation/_question_list.html", {"questions": found}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _ask(request: HttpRequest, page: Any) -> HttpResponse:
    if not request.user.is_authenticated:
        return sign_in_first(request, f"{page.get_url(request)}#questions")
    form = QuestionForm(request.POST)
    if form.is_valid() and not page.questions_open:
        form.add_error("text", _("Questions are closed. You can publish it as a comment, further down the page."))
    if form.from_a_machine:
        return done(request, page, "questions", "")
    if form.is_valid() and agreed(request, form, signed_in(request)):
        try:
            text, person = form.cleaned_data["text"], signed_in(request)
            asked = add_comment(page.translation_key, text, current_language(), person, CommentKind.QUESTION)
            return _asked(request, page, asked)
        except ValidationError as error:
            form.add_error("text", error)
    return again(request, page, "questions", question_form=form)


def _asked(request: HttpRequest, page: Any, asked: Comment) -> HttpResponse:
    """Thank for the question and lead to it, or to the list where it waits for a moderator."""
    thanks = thanks_for(asked)
    if asked.published_at is None:
        return done(request, page, "questions", thanks)
    if getattr(request, "htmx", False):
        return fragment(request, page, "questions", thanks=thanks)
    messages.success(request, thanks)
    found = questions_of(page, request)
    every = "?questions=all" if found and found.count > QUESTIONS_SHOWN else ""
    return redirect(f"{page.get_url(request)}{every}#comment-{asked.pk}")


@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote for a question, or take the vote back, as the button said; GET leads to the question."""
    question, page = _question(pk)
    place = f"{page.get_url(request)}#comment-{pk}"
    if request.method == "GET":
        return redirect(place)
    if not request.user.is_authenticated:
        return sign_in_first(request, place)
    wrong = ""
    try:
        act = withdraw_vote if request.POST.get("action") == "withdraw" else domain.vote
        act(question, signed_in(request))
    except ValidationError as error:
        wrong = " ".join(error.messages)
    return _list_or_back(request, page, place, wrong)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Let those who run the session mark a question as answered, write the answer, or take the mark back.

    Without the field of the form (the quick button) what was written stays.
    """
    question, page = _question(pk)
    place = f"{page.get_url(request)}#comment-{pk}"
    if not request.user.is_authenticated:
        return sign_in_first(request, request.path)
    person = signed_in(request)
    if not person.has_perm(ANSWER):
        raise PermissionDenied
    if request.POST.get("action") == "unmark":
        unmark_answered(question, person)
        return _list_or_back(request, page, place)
    if request.method == "POST" and "answer" not in request.POST:
        mark_answered(question, person, question.answer, question.answer_language)
        return _list_or_back(request, page, place)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": question.answer})
    if request.method == "POST" and form.is_valid():
        mark_answered(question, person, form.cleaned_data["answer"], current_language())
        return redirect(place)
    context = {"question": question, "page": page, "place": place, "form": form}
    return render(request, "participation/answer.html", context, status=422 if form.is_bound else 200)


def _question(pk: int) -> tuple[Comment, Any]:
    """Return a visible question and its public page. Raises Http404 where there is none."""
    visible = Comment.objects.visible().questions()
    question: Comment = get_object_or_404(visible.select_related("subject", "author"), pk=pk)
    return question, page_of(question.subject.translation_key)


def _list_or_back(request: HttpRequest, page: Page, place: str, wrong: str = "") -> HttpResponse:
    """Return the list as it is now for htmx, else lead back to the question; `wrong` says what could not be done."""
    if getattr(request, "htmx", False):
        context = {"questions": questions_of(page, request), "wrong": wrong}
        return render(request, "participation/_question_list.html", context, status=422 if wrong else 200)
    if wrong:
        messages.error(request, wrong)
    return redirect(place)
