""" "I did the same": a participant says which practice inspired theirs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from good_practices import lookup
from good_practices.carriers import carried_by
from good_practices.domain.inspiration import Words, say_inspired
from good_practices.enums import InspirationState
from good_practices.forms.inspiration import SameForm
from good_practices.models import PracticePage
from good_practices.views.finding import practice_at, translations_at
from portal.base.languages import current_language
from portal.people.agreeing import agreed
from portal.people.domain import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def same(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which of the reader's practices the one at `slug` inspired, and keep the answer."""
    page, person = practice_at(slug), signed_in(request)
    keys = set(carried_by(person).values_list("translation_key", flat=True)) - {page.translation_key}
    own = lookup.cards(keys, current_language())
    if request.method != "POST":
        return _form(request, page, SameForm(own=own) if own else None)
    form = SameForm(request.POST, own=own)
    if form.is_valid() and agreed(request, form, person):
        try:
            words = Words(form.cleaned_data["note"], current_language())
            said = say_inspired(person, UUID(form.cleaned_data["practice"]), page.translation_key, words)
        except ValidationError as error:
            form.add_error("practice", error)
        else:
            messages.success(request, _thanks(said.state))
            return redirect(page.get_url(request) or "/")
    return _form(request, page, form, status=422)


def _thanks(state: str) -> str:
    if state == InspirationState.CONFIRMED:
        return _("Thank you. The link is shown on both pages now.")
    return _("Thank you. A facilitator looks at it, then the link is shown on both pages.")


def _form(request: HttpRequest, page: PracticePage, form: SameForm | None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"practice": page, "form": form, "translations": translations_at("same", page)}
    return render(request, "good_practices/same.html", context, status=status)
