"""Where organisations say that a practice is of use to them, or that they did it too."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from portal.base.languages import current_language
from portal.participation.domain import endorsements as domain
from portal.participation.endorsements import said_by, speaks_for
from portal.participation.enums import EndorsementKind
from portal.participation.forms.endorsements import EndorsementForm
from portal.participation.models import Endorsement
from portal.participation.views.answering import page_of
from portal.people.agreeing import agreed
from portal.people.domain import signed_in
from portal.people.models import Organisation


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def endorse(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what the reader's organisations say of the practice `key`, with a form; keep what is sent.

    `?kind=&organisation=` fills the form with what was said, to be changed.
    """
    page, person = _endorsable(key), signed_in(request)
    organisations = speaks_for(person, page)
    if request.method != "POST" or not organisations:
        return _shown(request, page, organisations)
    form = EndorsementForm(request.POST, organisations=organisations)
    if form.is_valid() and agreed(request, form, signed_in(request)):
        words = domain.Words(EndorsementKind(form.cleaned_data["kind"]), form.cleaned_data["text"], current_language())
        try:
            domain.endorse(page, form.cleaned_data["organisation"], person, words)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you: it is shown on the page of the practice."))
            return redirect(request.path if words.kind == EndorsementKind.DID_IT else f"{page.get_url(request)}#taken-up")
    return _shown(request, page, organisations, form, status=422)


@require_POST
@login_required
def take_back_endorsement(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what an organisation of the reader said; back to where it is said."""
    said = get_object_or_404(Endorsement.objects.select_related("subject"), pk=pk)
    domain.take_back_endorsement(said, signed_in(request))
    messages.success(request, _("It is taken back."))
    return redirect("endorse", said.subject.translation_key)


def _endorsable(key: UUID) -> Page:
    page = page_of(key)
    if not getattr(page, "endorsable", False):
        raise Http404
    return page


def _shown(
    request: HttpRequest,
    page: Page,
    organisations: list[Organisation],
    form: EndorsementForm | None = None,
    status: int = 200,
) -> HttpResponse:
    said = said_by(organisations, page.translation_key)
    if organisations and form is None:
        form = EndorsementForm(initial=_initial(request, said), organisations=organisations)
    context: dict[str, Any] = {
        "practice": page,
        "said": said,
        "did_it": any(one.kind == EndorsementKind.DID_IT and not one.is_hidden for one in said),
        "form": form,
    }
    return render(request, "participation/endorse.html", context, status=status)


def _initial(request: HttpRequest, said: list[Endorsement]) -> dict[str, Any]:
    """Return the words to change, where the address names what was said."""
    asked = (request.GET.get("organisation"), request.GET.get("kind"))
    found = next((one for one in said if (str(one.organisation_id), one.kind) == asked), None)
    return {"organisation": found.organisation_id, "kind": found.kind, "text": found.text} if found else {}
