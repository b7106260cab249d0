"""Moderation in figures, as a page and as CSV."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.base.text import spreadsheet_safe
from portal.participation.enums import ModerationAct
from portal.participation.figures import figures, lines, reason_names


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Show what moderators decided by month, and why."""
    context = {"figures": figures(), "csv_url": reverse("transparency_csv")}
    return render(request, "participation/transparency.html", context)


@require_safe
def transparency_csv(request: HttpRequest) -> HttpResponse:
    """Return the same figures as CSV (RFC 4180, UTF-8 with its mark), in the reader's language."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    response.write("\ufeff")
    writer, names = csv.writer(response), reason_names()
    writer.writerow([_("Month"), _("Decision"), _("Reason"), _("Number")])
    for line in lines():
        reason = spreadsheet_safe(names.get(line.reason, line.reason))
        writer.writerow([f"{line.month:%Y-%m}", ModerationAct(line.act).label, reason, line.number])
    return response
