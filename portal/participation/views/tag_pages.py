"""The page of a tag, and the index of all."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from portal.base.languages import current_language, translations
from portal.participation.models import Tag, TagAlias
from portal.participation.tags import addresses, index_of, most_used, public_tags, related_tags
from search.forms import SearchForm
from search.views import UNAVAILABLE, results_for, wants_fragment

GONE = 410


@require_safe
@vary_on_headers("HX-Request")
def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what bears the tag at `slug`; a former address leads to its present one, a tag that was taken out is gone (410).

    Raises Http404 for a tag that is nobody's, or that no public page bears.
    """
    tag = public_tags().filter(slug=slug).first()
    if tag is None:
        return _elsewhere(request, slug)
    form = SearchForm(request.GET, language=current_language(), fixed={"tag": (slug,)})
    results = results_for(form)
    context: dict[str, Any] = {"results": results, "query": results.query, "base_url": request.path}
    context["follows_above"] = not results.query.query_string()  # following the tag says it already
    if wants_fragment(request):
        return render(request, "search/_results.html", context)
    context |= {
        "tag": tag,
        "related": related_tags(tag),
        "translations": translations(dict(addresses(tag)), current_language()),
    }
    return render(request, "participation/tag.html", context, status=200 if results.available else UNAVAILABLE)


@require_safe
def tag_index(request: HttpRequest) -> HttpResponse:
    """Show the tags that are used most, and all in alphabetical order."""
    page, letters = index_of(current_language(), request.GET.get("page", "1"))
    context = {"page_of_tags": page, "letters": letters, "most_used": most_used() if page.number == 1 else []}
    return render(request, "participation/tag_index.html", context)


def _elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    alias = TagAlias.objects.filter(slug=slug).select_related("tag").first()
    if alias:
        question = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(alias.tag.get_absolute_url() + (f"?{question}" if question else ""))
    if Tag.objects.filter(slug=slug, hidden_at__isnull=False).exists():
        return render(request, "participation/tag_gone.html", status=GONE)
    raise Http404
