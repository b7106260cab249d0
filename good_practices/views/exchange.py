"""Exports of what the library's filters leave, their data dictionary, and the template for imports."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from good_practices.exchange import dictionary
from good_practices.exchange.exporting import all_keys, practices
from good_practices.exchange.formats import CONTENT_TYPES, as_csv, as_json, as_xlsx, template
from portal.base.languages import current_language
from search.engines import EngineUnavailableError
from search.forms import SearchForm
from search.query import SearchQuery
from search.service import keys_of

_PAUSE = "300"


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Answer all practices that the library's filters leave, as `csv`, `json` or `xlsx`."""
    query = SearchForm(request.GET, language=current_language(), fixed={"type": ("practice",)}).query
    try:
        keys = keys_for(query)
    except EngineUnavailableError:
        return HttpResponse(gettext("Search is not available at the moment."), status=503, headers={"Retry-After": _PAUSE})
    rows = practices(keys)
    name = f"practices-{current_language()}.{kind}"
    if kind == "xlsx":
        return FileResponse(as_xlsx(rows), as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind])
    parts = _in_language(as_csv(rows) if kind == "csv" else as_json(rows), current_language())
    response = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def keys_for(query: SearchQuery) -> Iterator[object]:
    """Return the keys of what a query leaves; without text and filters, of the whole library, without asking the index.

    Raises EngineUnavailableError.
    """
    return iter(keys_of(query)) if query.text or query.filters else all_keys()


def _in_language(parts: Iterator[str], language: str) -> Iterator[str]:
    """Yield the parts in the language of the request, which is over when they are sent."""
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


@require_safe
def dictionary_page(request: HttpRequest) -> HttpResponse:
    """Show what every column means."""
    lists = [(name, values) for name, values in dictionary.lists().items()]
    context = {"entries": dictionary.entries(), "lists": lists, "rules": dictionary.rules()}
    formats = [(kind.upper(), reverse("practices_export", args=[kind])) for kind in ("csv", "xlsx", "json")]
    return render(request, "good_practices/exchange/dictionary.html", {**context, "formats": formats})


@require_safe
def dictionary_json(request: HttpRequest) -> JsonResponse:
    """Answer the dictionary as JSON."""
    found = {"columns": dictionary.entries(), "lists": dictionary.lists(), "rules": dictionary.rules()}
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


@require_safe
def dictionary_csv(request: HttpRequest) -> HttpResponse:
    """Answer the dictionary's columns as CSV."""
    headers = {"Content-Disposition": 'attachment; filename="practices-dictionary.csv"'}
    return HttpResponse(dictionary.as_csv(), content_type=CONTENT_TYPES["csv"], headers=headers)


@require_safe
def import_template(request: HttpRequest) -> FileResponse:
    """Answer the workbook to fill in, in the reader's language."""
    name = f"practices-template-{current_language()}.xlsx"
    return FileResponse(template(), as_attachment=True, filename=name, content_type=CONTENT_TYPES["xlsx"])
