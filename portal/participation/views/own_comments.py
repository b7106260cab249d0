"""What authors do with their comments: mend them, take them back; and what these said before."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.participation.domain import comments as domain
from portal.participation.drafts import drop_draft, keep_draft, kept_draft
from portal.participation.forms.comments import EditForm
from portal.participation.models import Comment
from portal.participation.views.answering import sign_in_first
from portal.participation.views.comments import comment_and_page
from portal.participation.written_language import language_of
from portal.people.agreeing import agreed
from portal.people.domain import signed_in


def _own(request: HttpRequest, comment: Comment) -> None:
    if comment.author_id != request.user.pk:
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Let its author mend a comment; what cannot be kept comes back with the reason and all that was written (422).
    Whoever is not signed in any more finds it again after signing in.
    """
    draft = f"edit:{pk}"
    if not request.user.is_authenticated:
        if request.method == "POST":
            keep_draft(request, draft)
        return sign_in_first(request, request.path)
    comment, page = comment_and_page(request, pk)
    _own(request, comment)
    person, late = signed_in(request), False
    chosen = "" if language_of(comment.text, comment.language) == comment.language else comment.language
    words = {"text": comment.text, "language": chosen, **(kept_draft(request, draft) or {})}
    form = EditForm(request.POST if request.method == "POST" else None, initial=words, auto_id="edit_%s")
    if request.method == "POST" and form.is_valid() and agreed(request, form, signed_in(request)):
        try:
            domain.edit_comment(comment, person, form.cleaned_data["text"], form.cleaned_data["language"])
        except ValidationError as error:
            form.add_error("text", error)
        else:
            drop_draft(request, draft)
            waits = _("Your comment is changed: a moderator reads it, then everybody can.")
            messages.success(request, _("Your comment is changed.") if comment.is_published else waits)
            return redirect(comment.get_absolute_url())
    elif request.method != "POST" and not domain.can_edit(comment, person):
        late = True
    context = {"comment": comment, "page": page, "form": form, "late": late}
    return render(request, "participation/edit_comment.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let its author take a comment back, once they have said that they mean it."""
    comment, page = comment_and_page(request, pk)
    _own(request, comment)
    if request.method == "POST":
        domain.take_back(comment, signed_in(request))
        messages.success(request, _("Your comment is taken back: nobody reads it any more."))
        return redirect(f"{page.get_url(request)}#comments")
    return render(request, "participation/take_back.html", {"comment": comment, "page": page})


@require_safe
@never_cache
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a comment says and what it said before."""
    comment, page = comment_and_page(request, pk)
    return render(request, "participation/comment_history.html", {"comment": comment, "page": page})
