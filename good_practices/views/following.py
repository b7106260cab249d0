"""Where an association brings its own practice up to date."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from good_practices.domain.following import follow_up, next_kinds, returned, standing
from good_practices.forms.following import FollowUpForm
from good_practices.models import PracticePage
from good_practices.permissions import carried_by
from portal.base.languages import current_language, page_translations
from portal.people.domain import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a verified member of an organisation that carried the practice add what is new; tell others how to become one."""
    page, person = _public(slug), signed_in(request)
    organisations = carried_by(page, person)
    if not organisations:
        return _page(request, page, status=403)
    initial = {"outcome": page.outcome, **returned(page, person)}
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FollowUpForm(*posted, initial=initial, kinds=next_kinds(page, person), outcome=page.outcome)
    if request.method == "POST" and form.is_valid():
        try:
            public = follow_up(page, person, form.update())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            told = _("Thank you: your update is published.") if public else _("Thank you: facilitators will review your update.")
            messages.success(request, told)
            return redirect(page.url if public else request.path)
    context = {
        "form": form,
        "organisations": organisations,
        "standing": standing(page, person),
        "trusted": any(organisation.trusted for organisation in organisations) and not page.has_unpublished_changes,
    }
    return _page(request, page, 422 if form.errors else 200, **context)


def _public(slug: str) -> PracticePage:
    page = PracticePage.objects.published().filter(slug=slug, locale__language_code=current_language()).first()
    if page is None:
        raise Http404
    return page


def _page(request: HttpRequest, page: PracticePage, status: int = 200, **context: Any) -> HttpResponse:
    context = {"practice": page, "translations": page_translations(page), **context}
    return render(request, "good_practices/update.html", context, status=status)
