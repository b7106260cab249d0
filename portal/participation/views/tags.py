"""Where tags are sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.participation.domain import tags
from portal.participation.forms.tags import TagForm
from portal.participation.views.answering import again, done, page_of
from portal.people.agreeing import agreed
from portal.people.domain import signed_in


@require_POST
@login_required
def add_tags(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give tags to the subject `key`, or show the form again with what is wrong."""
    page = page_of(key)
    form = TagForm(request.POST)
    if form.is_valid() and agreed(request, form, signed_in(request)):
        try:
            tags.add_tags(key, form.cleaned_data["tags"], signed_in(request))
            return done(request, page, "tags", _("Thank you: your tags are added."))
        except ValidationError as error:
            form.add_error("tags", error)
    return again(request, page, "tags", tag_form=form)
