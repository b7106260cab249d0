"""Assessing practices: the published criteria, and the form of peers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from good_practices.criteria import CRITERIA
from good_practices.domain import assessment as domain
from good_practices.forms.assessment import AssessForm
from good_practices.models import Assessment
from good_practices.views.finding import practice_at, translations_at
from portal.base.languages import current_language
from portal.people.agreeing import agreed
from portal.people.domain import signed_in


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """Show the criteria and what each level means."""
    return render(request, "good_practices/criteria.html", {"criteria": CRITERIA})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a peer what they find of the practice at `slug`, and keep it for a facilitator to make public."""
    page, person = practice_at(slug), signed_in(request)
    context = {"practice": page, "translations": translations_at("assess", page)}
    if not domain.may_assess(person, page):
        return render(request, "good_practices/assess.html", context, status=403)
    own = Assessment.objects.filter(practice_key=page.translation_key, assessor=person).first()
    initial = {name: getattr(own, name) for name in (*Assessment.CRITERIA, "comment")} if own else None
    form = AssessForm(request.POST) if request.method == "POST" else AssessForm(initial=initial)
    if request.method == "POST" and form.is_valid() and agreed(request, form, person):
        domain.assess(person, page, form.cleaned_data, current_language())
        messages.success(request, _("Thank you. Your assessment is shown when a facilitator has read it."))
        return redirect(page.get_url(request) or "/")
    status = 422 if request.method == "POST" else 200
    return render(request, "good_practices/assess.html", {**context, "form": form, "own": own}, status=status)
