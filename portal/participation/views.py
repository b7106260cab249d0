"""Where participants send what they write: a redirect back to the page, or the fragment that htmx asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HTMX_STOP_POLLING, HttpResponseClientRedirect
from wagtail.models import Page

from portal.base.languages import best_per_key, current_language
from portal.base.privacy import readable
from portal.participation import domain
from portal.participation.discussion import discussion_of
from portal.participation.enums import CommentKind
from portal.participation.forms import AnswerForm, CommentForm, QuestionForm, TagForm
from portal.participation.models import Comment
from portal.participation.questions import QUESTIONS_SHOWN, questions_of
from portal.people.domain import signed_in

AnyForm = CommentForm | TagForm | QuestionForm


@require_POST
@login_required
def add_comment(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep a comment on the subject `key`, or show the form again with what is wrong and all that was written."""
    page = _page_of(key)
    form = CommentForm(request.POST)
    if form.is_valid():
        domain.add_comment(key, form.cleaned_data["text"], get_language() or "ar", signed_in(request))
        return _done(request, page, "comments", _("Thank you: your comment is published."))
    return _again(request, page, "comments", comment_form=form)


@require_POST
@login_required
def add_tags(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give tags to the subject `key`, or show the form again with what is wrong."""
    page = _page_of(key)
    form = TagForm(request.POST)
    if form.is_valid():
        try:
            domain.add_tags(key, form.cleaned_data["tags"], signed_in(request))
            return _done(request, page, "tags", _("Thank you: your tags are added."))
        except ValidationError as error:
            form.add_error("tags", error)
    return _again(request, page, "tags", tag_form=form)


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer htmx with the list of questions (GET), or keep a question on the subject `key` (POST).

    A list that says the same as what the reader has is 204; one that nobody need ask for again is 286, which stops htmx.
    """
    page = _page_of(key)
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
        return _sign_in_first(request, f"{page.get_url(request)}#questions")
    form = QuestionForm(request.POST)
    if form.is_valid() and not page.questions_open:
        form.add_error("text", _("Questions are closed. You can publish it as a comment, further down the page."))
    if not form.is_valid():
        return _again(request, page, "questions", question_form=form)
    text, person = form.cleaned_data["text"], signed_in(request)
    asked = domain.add_comment(page.translation_key, text, current_language(), person, CommentKind.QUESTION)
    thanks = _("Thank you: your question is published.")
    if getattr(request, "htmx", False):
        return _fragment(request, page, "questions", thanks=thanks)
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
        return _sign_in_first(request, place)
    wrong = ""
    try:
        act = domain.withdraw_vote if request.POST.get("action") == "withdraw" else domain.vote
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
        return _sign_in_first(request, request.path)
    person = signed_in(request)
    if not person.has_perm(domain.ANSWER):
        raise PermissionDenied
    if request.POST.get("action") == "unmark":
        domain.unmark_answered(question, person)
        return _list_or_back(request, page, place)
    if request.method == "POST" and "answer" not in request.POST:
        domain.mark_answered(question, person, question.answer, question.answer_language)
        return _list_or_back(request, page, place)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": question.answer})
    if request.method == "POST" and form.is_valid():
        domain.mark_answered(question, person, form.cleaned_data["answer"], current_language())
        return redirect(place)
    context = {"question": question, "page": page, "place": place, "form": form}
    return render(request, "participation/answer.html", context, status=422 if form.is_bound else 200)


def _question(pk: int) -> tuple[Comment, Any]:
    """Return a visible question and its public page. Raises Http404 where there is none."""
    visible = Comment.objects.visible().questions()  # type: ignore[attr-defined]
    question: Comment = get_object_or_404(visible.select_related("subject", "author"), pk=pk)
    return question, _page_of(question.subject.translation_key)


def _list_or_back(request: HttpRequest, page: Page, place: str, wrong: str = "") -> HttpResponse:
    """Return the list as it is now for htmx, else lead back to the question; `wrong` says what could not be done."""
    if getattr(request, "htmx", False):
        context = {"questions": questions_of(page, request), "wrong": wrong}
        return render(request, "participation/_question_list.html", context, status=422 if wrong else 200)
    if wrong:
        messages.error(request, wrong)
    return redirect(place)


def _sign_in_first(request: HttpRequest, place: str) -> HttpResponse:
    """Lead to the sign-in, and from there to `place`."""
    way = redirect_to_login(place)
    return HttpResponseClientRedirect(way.url) if getattr(request, "htmx", False) else way


def _page_of(key: UUID) -> Page:
    """Return the public page with this translation key in the reader's language, else in the best other.

    Raises Http404 where there is none, or where it is of a kind that nobody discusses.
    """
    pages = readable(Page.objects.filter(translation_key=key)).specific()
    page = best_per_key(pages, get_language() or "ar").get(str(key))
    if page is None or not getattr(page, "discussable", False):
        raise Http404
    return page


def _done(request: HttpRequest, page: Page, part: str, thanks: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return _fragment(request, page, part, thanks=thanks)
    messages.success(request, thanks)
    return redirect(f"{page.get_url(request)}#{part}")


def _again(request: HttpRequest, page: Page, part: str, **forms: AnyForm) -> HttpResponse:
    if getattr(request, "htmx", False):
        return _fragment(request, page, part, forms=forms)
    context = {"page": page, "part": part, "discussion": discussion_of(page, request, **forms)}
    return render(request, "participation/again.html", context, status=422)


def _fragment(
    request: HttpRequest, page: Page, part: str, *, thanks: str = "", forms: Mapping[str, AnyForm] | None = None
) -> HttpResponse:
    context = {"page": page, "thanks": thanks, "discussion": discussion_of(page, request, **(forms or {}))}
    return render(request, f"participation/_{part}.html", context)
