"""Search as a page, as the fragment that htmx asks for, and as JSON."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from portal.base.languages import current_language
from search import feeds
from search.completion import Suggestion, suggest
from search.counting import counter
from search.documents import current_of
from search.forms import SearchForm
from search.query import SearchQuery
from search.results import Facet, FacetValue, Hit, SearchResults
from search.service import search

UNAVAILABLE = 503


@require_safe
@vary_on_headers("HX-Request")
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what `?q=` finds, with facets; only the results where htmx asks for them."""
    results = results_for(SearchForm(request.GET, language=current_language()))
    context = {"results": results, "query": results.query, "base_url": request.path}
    if wants_fragment(request):
        return render(request, "search/_results.html", context)
    return render(request, "search/search.html", context, status=200 if results.available else UNAVAILABLE)


@require_safe
def search_api(request: HttpRequest) -> JsonResponse:
    """Answer the same search as JSON; `lang` is the reader's language."""
    language = request.GET.get("lang", "")
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    with translation.override(language):
        results = results_for(SearchForm(request.GET, language=language), cards=False)
        options = {"ensure_ascii": False}
        return JsonResponse(as_json(results), status=200 if results.available else UNAVAILABLE, json_dumps_params=options)


@require_safe
def search_suggest(request: HttpRequest) -> JsonResponse:
    """Answer what may go on from `?q=`, as JSON: `suggestions` and, for those who hear the page, their number in words."""
    found = suggest(request.GET.get("q", ""), current_language(), reverse("search"))
    said = ngettext("%d suggestion", "%d suggestions", len(found)) % len(found) if found else ""
    answer = {"suggestions": [_suggestion_as_json(one) for one in found], "status": said}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@require_safe
@conditional_page
def search_feed(request: HttpRequest) -> HttpResponse:
    """Answer a saved search as an Atom feed (RFC 4287); a reader who has it already hears so (304)."""
    form = SearchForm(request.GET, language=current_language())
    query = as_now(form.query)
    results = search(feeds.to_ask(query))
    if not results.available:
        return HttpResponse(status=UNAVAILABLE, headers={"Retry-After": "300"})
    asked = replace(results, query=query)
    page, feed = (request.build_absolute_uri(reverse(name) + asked.feed_link) for name in ("search", "search_feed"))
    text = feeds.atom(asked, page, feed, request.build_absolute_uri("/"))
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def results_for(form: SearchForm, *, cards: bool = True) -> SearchResults:
    """Return what a form asks for, with the form's notices and those of the search itself; the question is counted."""
    query = as_now(form.query)
    results = search(query, cards=cards)
    if results.available:
        counter.count(query, results.total + len(results.promoted))
    notices = list(form.notices)
    if results.available and results.page < form.query.page:
        notices.append(gettext("This page does not exist; here is the last one."))
    if results.relaxed:
        notices.append(gettext("Nothing has exactly the words in quotation marks; these results have some of them."))
    return replace(results, notices=tuple(notices))


def as_now(query: SearchQuery) -> SearchQuery:
    """Return a query with the values that its filters have become: an old address still finds what it found."""
    filters = {name: current_of(name, values) for name, values in query.filters.items()}
    return query if filters == query.filters else replace(query, filters=filters)


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asks for the results alone; a page restored from its history is asked for whole."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def as_json(results: SearchResults) -> dict[str, Any]:
    """Return results in the words of the API's contract."""
    return {
        "available": results.available,
        "total": results.total,
        "page": results.page,
        "page_count": results.page_count,
        "took_ms": results.took_ms,
        "corrected": results.corrected,
        "notices": results.notices,
        "promoted": [_hit_as_json(hit) for hit in results.promoted],
        "facets": [_facet_as_json(facet) for facet in results.facets],
        "hits": [_hit_as_json(hit) for hit in results.hits],
    }


def _suggestion_as_json(suggestion: Suggestion) -> dict[str, str]:
    return {
        "text": suggestion.text,
        "url": suggestion.url,
        "label": suggestion.label,
        "language": suggestion.language,
        "direction": suggestion.direction,
    }


def _facet_as_json(facet: Facet) -> dict[str, Any]:
    values = [_value_as_json(value) for value in facet.values]
    return {"name": facet.name, "label": facet.label, "values": values, "more": facet.more}


def _value_as_json(value: FacetValue) -> dict[str, Any]:
    found: dict[str, Any] = {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
    if value.children:
        found[value.inner] = [_value_as_json(child) for child in value.children]
    return found


def _hit_as_json(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.key,
        "type": hit.type,
        "language": hit.language,
        "title": hit.title,
        "url": hit.url,
        "snippet": hit.snippet,
        "score": hit.score,
        "moments": [{"start": moment.start, "text": moment.text, "url": moment.url} for moment in hit.moments],
    }
