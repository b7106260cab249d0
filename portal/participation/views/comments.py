"""Where comments are sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.participation.domain import comments
from portal.participation.forms.comments import CommentForm
from portal.participation.views.answering import again, done, page_of
from portal.people.agreeing import agreed
from portal.people.domain import signed_in


@require_POST
@login_required
def add_comment(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep a comment on the subject `key`, or show the form again with what is wrong and all that was written."""
    page = page_of(key)
    form = CommentForm(request.POST)
    if form.is_valid() and agreed(request, form, signed_in(request)):
        comments.add_comment(key, form.cleaned_data["text"], get_language() or "ar", signed_in(request))
        return done(request, page, "comments", _("Thank you: your comment is published."))
    return again(request, page, "comments", comment_form=form)
