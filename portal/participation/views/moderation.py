"""Where readers report comments, and where authors read what was decided and ask for another look."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from portal.base.languages import best_translations, current_language
from portal.base.limits import too_many
from portal.base.privacy import readable
from portal.participation.domain.appeals import appeal, why_no_appeal
from portal.participation.domain.bans import ban_of, ban_words
from portal.participation.domain.reports import report
from portal.participation.forms.moderation import AppealForm, ReportForm
from portal.participation.models import Appeal, Comment
from portal.participation.views.answering import page_of
from portal.people.domain import signed_in
from portal.people.models import User

LIMIT = 10
LIMIT_SECONDS = 600
"""At most so many reports without an account from one connection in so long."""

SHOWN = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a comment breaks the rules, or keep the report and thank the reader; no account is needed.

    Raises Http404 where nobody can read the comment.
    """
    comment = get_object_or_404(Comment.objects.visible().select_related("subject", "author"), pk=pk)
    page = page_of(comment.subject.translation_key)
    place = f"{page.get_url(request)}#comment-{pk}"
    form = ReportForm(request.POST if request.method == "POST" else None)
    context = {"comment": comment, "place": place, "form": form}
    if request.method != "POST":
        return render(request, "participation/report.html", context)
    status = 422
    if form.is_valid() and not form.from_a_machine:
        person = request.user if isinstance(request.user, User) else None
        if person is None and too_many(request, "comment-report", LIMIT, LIMIT_SECONDS):
            form.add_error(None, _("Many reports came from your connection. Nothing is lost: send it again in ten minutes."))
            status = 429
        else:
            try:
                report(comment, person, form.cleaned_data["reason"], form.cleaned_data["note"])
            except ValidationError as error:
                form.add_error(None, error)
    if form.errors:
        return render(request, "participation/report.html", context, status=status)
    return render(request, "participation/report.html", {"sent": True, "place": place})


@never_cache
@login_required
@require_safe
def my_comments(request: HttpRequest) -> HttpResponse:
    """Show a person what they wrote, the newest first, where each piece stands, and why."""
    person = signed_in(request)
    asked = Exists(Appeal.objects.filter(comment=OuterRef("pk")))
    written = Comment.objects.filter(author=person).annotate(asked=asked).order_by("-created_at", "-pk")
    paging = Paginator(written.select_related("subject", "hidden_reason", "appeal"), SHOWN).get_page(request.GET.get("page"))
    keys = {comment.subject.translation_key for comment in paging}
    pages = best_translations(readable(Page.objects.filter(translation_key__in=keys)), current_language())
    ban = ban_of(person)
    context = {
        "rows": [(comment, pages.get(str(comment.subject.translation_key))) for comment in paging],
        "paging": paging,
        "ban": ban_words(ban) if ban else "",
    }
    return render(request, "participation/my_comments.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a hidden comment of the reader's own should be shown, or keep it.

    Raises Http404 where they wrote no such comment.
    """
    person = signed_in(request)
    comment = get_object_or_404(Comment.objects.select_related("hidden_reason"), pk=pk, author=person)
    why_not = why_no_appeal(comment)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not why_not and form.is_valid():
        try:
            appeal(comment, person, form.cleaned_data["text"])
        except ValidationError as error:
            why_not = " ".join(error.messages)
        else:
            messages.success(request, _("Sent: another moderator will look at it, and you will be told."))
            return redirect("my_comments")
    status = 422 if form.errors else 409 if why_not and request.method == "POST" else 200
    context = {"comment": comment, "form": form, "why_not": why_not}
    return render(request, "participation/appeal.html", context, status=status)
