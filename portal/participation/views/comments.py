"""Where comments are sent, and where each has its own address."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from portal.participation.domain import comments, useful
from portal.participation.drafts import draft_name, drop_draft, keep_draft, received
from portal.participation.enums import CommentKind
from portal.participation.forms.comments import LARGEST_KEY, CommentForm
from portal.participation.models import Comment, Subject, Vote
from portal.participation.threads import shown_to, threads_of
from portal.participation.views.answering import page_of, sign_in_first, thanks_for
from portal.participation.ways import Ways, whole_number
from portal.participation.writing import Writing, comment_form, comments_of, readable_target, write
from portal.people.agreeing import agreed
from portal.people.domain import signed_in


@require_POST
@never_cache
def add_comment(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep a comment on the subject `key`, or an answer to one of its comments (`reply`), or show the form again with what is
    wrong and all that was written (422). Whoever is not signed in any more finds it again after signing in.
    """
    page = page_of(key)
    asked = whole_number(request.POST.get("reply"), LARGEST_KEY)
    subject = Subject.objects.filter(translation_key=key).first()
    target = readable_target(page, subject, asked) if subject and asked else None
    if not request.user.is_authenticated:
        return _sign_in_first(request, page, target)
    form = comment_form(page, target, request.POST)
    if "discard" in request.POST:
        drop_draft(request, draft_name(key, asked))
        return redirect(f"{page.get_url(request)}#comments")
    if form.from_a_machine:
        return redirect(f"{page.get_url(request)}#comments")
    if form.is_valid() and "reply" in request.POST and request.POST["reply"] and target is None:
        form.add_error("text", _("The comment that you answer is not there any more. You can publish yours as a new one."))
    if form.is_valid() and agreed(request, form, signed_in(request)):
        try:
            added = _add(request, form, target, key)
        except ValidationError as error:
            form.add_error("text", error)
        else:
            return _added(request, page, added, draft_name(key, asked))
    return _again(request, page, target, form)


def _add(request: HttpRequest, form: CommentForm, target: Comment | None, key: UUID) -> Comment:
    words = form.cleaned_data
    kind = words.get("kind", CommentKind.COMMENT)
    person = signed_in(request)
    return comments.add_comment(
        key, words["text"], words["language"], person, kind, reply_to=target, quotes=bool(target and words["quote"])
    )


def _sign_in_first(request: HttpRequest, page: Page, target: Comment | None) -> HttpResponse:
    """Keep what was written and lead to the sign-in, and from there to the form with it."""
    keep_draft(request, draft_name(page.translation_key, target.pk if target else None))
    place = page.get_url(request) or "/"
    if target is None:
        return sign_in_first(request, f"{place}#comment-form")
    asks = "quote" if "quote" in request.POST else "reply"
    return sign_in_first(request, _ways_to(request, page, target).link(f"reply-form-{target.pk}", **{asks: target.pk}))


def _again(request: HttpRequest, page: Page, target: Comment | None, form: CommentForm) -> HttpResponse:
    """Show the form again (422)."""
    quotes = "quote" in request.POST
    writing = write(page, request, page.get_url(request) or "/", target, quotes=quotes, form=form)
    context = {"page": page, "writing": writing, "part": "comments"}
    template = "participation/_comment_form.html" if getattr(request, "htmx", False) else "participation/comment_again.html"
    return render(request, template, context, status=422)


def _added(request: HttpRequest, page: Page, added: Comment, draft: str) -> HttpResponse:
    """Lead to the new comment, or give htmx what changes: the comment in its place, the form empty again."""
    thanks = thanks_for(added)
    if not getattr(request, "htmx", False):
        received(request, draft)
        messages.success(request, thanks)
        return redirect(_place_of(request, page, added))
    drop_draft(request, draft)
    person = signed_in(request)
    context = {
        "page": page,
        "threads": threads_of(page, request),
        "added": shown_to(added, person, set(), is_open=True),
        "writing": None if added.parent_id else write(page, request, page.get_url(request) or "/"),
        "thanks": thanks,
    }
    response = render(request, "participation/_comment_added.html", context)
    response.headers["HX-Trigger"] = json.dumps({"draft-received": {"draft": draft}})
    return response


def comment_and_page(request: HttpRequest, pk: int) -> tuple[Comment, Page]:
    """Return a comment that whoever asks may read, or their own, and its public page.

    Raises Http404 where there is none.
    """
    person = request.user.pk if request.user.is_authenticated else None
    found = Comment.objects.seen_by(person).select_related("subject", "author", "parent", "quoted__author")
    comment: Comment = get_object_or_404(found, pk=pk) if pk <= LARGEST_KEY else _nothing()
    return comment, page_of(comment.subject.translation_key)


def _nothing() -> Any:
    raise Http404


def _place_of(request: HttpRequest, page: Page, comment: Comment) -> str:
    """Return where a comment stands on its page: at which page of the discussion, in which thread."""
    if comment.kind == CommentKind.QUESTION and getattr(page, "asks_questions", False):
        return f"{page.get_url(request)}?questions=all#comment-{comment.pk}"
    return _ways_to(request, page, comment).link(f"comment-{comment.pk}")


def _ways_to(request: HttpRequest, page: Page, comment: Comment) -> Ways:
    person = request.user.pk if request.user.is_authenticated else None
    asked = Ways.of(page.get_url(request) or "/", request)
    return asked.to(comment, comments_of(comment.subject, page), person)


@require_safe
@never_cache
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to where a comment stands now, in the order that `?comments=` asks for."""
    found, page = comment_and_page(request, pk)
    return redirect(_place_of(request, page, found))


@require_safe
@never_cache
def reply_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Give htmx the form of an answer to a comment (`?quote=` shows the comment with it); lead others to it."""
    found, page = comment_and_page(request, pk)
    target = readable_target(page, found.subject, pk)
    if target is None:
        raise Http404
    asks = "quote" if "quote" in request.GET else "reply"
    ways = _ways_to(request, page, target)
    if not getattr(request, "htmx", False):
        return redirect(ways.link(f"reply-form-{pk}", **{asks: pk}))
    if not request.user.is_authenticated:
        return sign_in_first(request, ways.link(f"reply-form-{pk}", **{asks: pk}))
    writing: Writing = write(page, request, ways.link("comments"), target, quotes=asks == "quote")
    return render(request, "participation/_comment_form.html", {"page": page, "writing": writing})


@require_POST
@never_cache
def find_useful(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the reader among those who find a comment useful, or no more, as the button said."""
    found, page = comment_and_page(request, pk)
    place = _place_of(request, page, found)
    if not request.user.is_authenticated:
        return sign_in_first(request, place)
    person, wrong = signed_in(request), ""
    try:
        act = useful.find_useful_no_more if request.POST.get("action") == "withdraw" else useful.find_useful
        act(found, person)
    except ValidationError as error:
        wrong = " ".join(error.messages)
    if getattr(request, "htmx", False):
        given = {pk} if Vote.objects.filter(comment=found, voter=person).exists() else set()
        one = shown_to(found, person, given, is_open=True)
        context = {"one": one, "wrong": wrong, "person": person}
        return render(request, "participation/_comment_useful.html", context, status=422 if wrong else 200)
    if wrong:
        messages.error(request, wrong)
    return redirect(place)
