"""What a signed-in person says of themselves: the organisations they belong to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.people.domain import signed_in
from portal.people.domain.memberships import ask_membership, withdraw_membership
from portal.people.forms import MembershipForm
from portal.people.models import Membership, Organisation, User
from portal.people.querysets import FOUND


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_organisations(request: HttpRequest) -> HttpResponse:
    """Show a person's organisations and where each request stands; look for one, ask to be a member, or take it back."""
    person = signed_in(request)
    if request.POST.get("action") == "withdraw":
        pk = request.POST.get("membership", "")
        if pk.isascii() and pk.isdecimal() and len(pk) < 19 and withdraw_membership(person, int(pk)):
            messages.success(request, _("Taken back."))
        return redirect(request.path)
    question = (request.POST if request.method == "POST" else request.GET).get("q", "")[:200]
    found = _found(question, person)
    form = MembershipForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and form.is_valid():
        try:
            ask_membership(person, form.cleaned_data["organisation"], form.cleaned_data["role"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your request is sent: a facilitator will verify it."))
            return redirect(request.path)
    return _page(request, person, question, form)


def _found(question: str, person: User) -> list[Organisation]:
    """Return the organisations that a search finds, one more than are shown; without those the person has asked already."""
    if not question.strip():
        return []
    others = Organisation.objects.named(question).exclude(memberships__in=person.memberships.filter(declined_at=None))
    return list(others.select_related("territory__parent")[: FOUND + 1])


def _page(request: HttpRequest, person: User, question: str, form: MembershipForm) -> HttpResponse:
    mine = Membership.objects.filter(person=person).select_related("organisation")
    context: dict[str, Any] = {
        "memberships": mine.order_by("-asked_at", "-pk"),
        "question": question,
        "form": form,
        "too_many": len(form.found) > FOUND,
    }
    return render(request, "people/organisations.html", context, status=422 if form.errors else 200)
