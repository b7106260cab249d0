"""What authorities and associations promised, and whether they kept it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from good_practices import lookup
from good_practices.commitments import filtered, promised
from good_practices.forms.commitment import CommitmentFilterForm
from portal.base.languages import current_language

PAGE_SIZE = 30


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """Show the promises that the filters of the address leave, the latest first."""
    form = CommitmentFilterForm(request.GET)
    found = filtered(promised(), form.cleaned_data if form.is_valid() else {})
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    keys = {one.practice_key for one in page.object_list if one.practice_key}
    practices = lookup.cards(keys, current_language())
    rows = [(one, practices.get(one.practice_key) if one.practice_key else None) for one in page.object_list]
    question = request.GET.copy()
    question.pop("page", None)
    context = {"form": form, "promises": page, "rows": rows, "question": question.urlencode()}
    return render(request, "good_practices/commitments.html", context)
