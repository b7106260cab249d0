"""The dashboard of the library, as a page and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from good_practices.charts import bar, span
from good_practices.dashboard import Dashboard, Delay, Tally, figures, years
from good_practices.forms.dashboard import DashboardForm
from good_practices.procedure import MONTHS_TO_NOTICE
from portal.base.memory import remembered
from portal.base.text import spreadsheet_safe
from portal.vocabulary.models import Territory, Theme

DAYS_IN_MONTH = 30.44
TALLIES = (
    ("outcomes", gettext_lazy("By outcome"), gettext_lazy("Outcome"), "outcome"),
    ("stages", gettext_lazy("By last stage"), gettext_lazy("Last stage"), ""),
    ("instruments", gettext_lazy("By instrument"), gettext_lazy("Instrument"), "instrument"),
)
DELAYS = (
    ("levels", gettext_lazy("By level of the authority"), gettext_lazy("Level of the authority"), ""),
    ("regions", gettext_lazy("By region"), gettext_lazy("Region"), "region"),
    ("themes", gettext_lazy("By theme"), gettext_lazy("Theme"), "theme"),
)
"""Field of `Dashboard`, heading, name of the first column, facet of the library that a row leads to."""


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show how practices stand and how long replies take, of what the filters of the address leave."""
    form, found = _asked(request)
    mirrored = get_language_bidi()
    longest = max((row.longest or 0 for row in (*found.levels, *found.regions, *found.themes)), default=0)
    context = {
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "dashboard": found,
        "tallies": [_tally_table(found, table, mirrored) for table in TALLIES],
        "delays": [_delay_table(found, table, longest, mirrored) for table in DELAYS],
        "limits": _limits(found, mirrored),
        "question": request.GET.urlencode(),
    }
    return render(request, "good_practices/dashboard.html", context)


@require_safe
def dashboard_csv(request: HttpRequest) -> HttpResponse:
    """Return the same figures as CSV (RFC 4180, UTF-8 with its mark), in the reader's language."""
    _form, found = _asked(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="dashboard.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    for row in _lines(found):
        writer.writerow(["" if cell is None else cell if isinstance(cell, int) else spreadsheet_safe(str(cell)) for cell in row])
    return response


def _asked(request: HttpRequest) -> tuple[DashboardForm, Dashboard]:
    regions = remembered("regions", lambda: list(Territory.objects.regions()))
    themes = remembered("themes", lambda: list(Theme.objects.all()))
    form = DashboardForm(request.GET, regions=regions, themes=themes, years=remembered("practice years", years))
    return form, figures(form.choice(), regions, themes)


def _tally_table(found: Dashboard, table: Sequence[Any], mirrored: bool) -> dict[str, Any]:
    name, heading, column, facet = table
    rows: Sequence[Tally] = getattr(found, name)
    drawn = [(row, bar(row.share, mirrored), _library(facet, row.code)) for row in rows]
    return {"id": name, "heading": heading, "column": column, "rows": drawn}


def _delay_table(found: Dashboard, table: Sequence[Any], longest: int, mirrored: bool) -> dict[str, Any]:
    name, heading, column, facet = table
    rows: Sequence[Delay] = getattr(found, name)
    drawn = []
    for row in rows:
        months = MONTHS_TO_NOTICE.get(row.code) if name == "levels" else None  # type: ignore[call-overload]
        limit = round(months * DAYS_IN_MONTH) if months else None
        line = span(row.shortest or 0, row.longest, row.median, limit, longest, mirrored) if row.longest is not None else ""
        drawn.append((row, line, _library(facet, row.code)))
    return {"id": name, "heading": heading, "column": column, "rows": drawn}


def _limits(found: Dashboard, mirrored: bool) -> list[tuple[str, int, SafeString]]:
    most = found.limit.limited or 1
    return [(label, number, bar(number / most, mirrored)) for _code, label, number in limit_rows(found)]


def _library(facet: str, code: str) -> str:
    return f"{facet}={code}" if facet and code else ""


def _lines(found: Dashboard) -> Iterator[Sequence[Any]]:
    days = (_("Median (days)"), _("Shortest (days)"), _("Longest (days)"))
    yield (_("Table"), _("Code"), _("Row"), _("Practices"), _("Replies"), *days)
    yield (_("All practices"), "", "", found.total, found.delay.replies, *_days(found.delay))
    yield (_("All practices"), "", _("Illustrative"), found.illustrative)
    yield (_("All practices"), "", _("Without date of filing"), found.without_date)
    for name, heading, _column, _facet in TALLIES:
        for tally in getattr(found, name):
            yield (heading, tally.code, tally.label, tally.number)
    limit = _("Petitions and the law’s time limit")
    for code, label, number in limit_rows(found):
        yield (limit, code, label, number)
    for name, heading, _column, _facet in DELAYS:
        for delay in getattr(found, name):
            yield (heading, delay.code, delay.label, delay.practices, delay.replies, *_days(delay))


def _days(delay: Delay) -> tuple[int | None, int | None, int | None]:
    return delay.median, delay.shortest, delay.longest


def limit_rows(found: Dashboard) -> list[tuple[str, str, int]]:
    """Return code, label and number of each way in which petitions stand to the time limit."""
    limit = found.limit
    return [
        ("in_time", _("Replied in time"), limit.in_time),
        ("late", _("Replied late"), limit.late),
        ("overdue", _("No reply known, limit over"), limit.overdue),
        ("running", _("No reply known, limit still running"), limit.running),
    ]
