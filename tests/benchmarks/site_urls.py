"""The portal's addresses and, at `/wagtail-search/`, the search page that Wagtail's project template ships."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from wagtail.models import Page

from portal import urls as portal_urls

PAGE_SIZE = 10


def wagtail_search(request: HttpRequest) -> HttpResponse:
    """Search all live pages in Wagtail's database index, as its project template does: no facets, no snippets, one model."""
    question = request.GET.get("q", "")
    found = Page.objects.live().search(question) if question else Page.objects.none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page", 1))
    return TemplateResponse(request, "benchmarks/wagtail_search.html", {"search_query": question, "search_results": page})


urlpatterns = [path("wagtail-search/", wagtail_search), *portal_urls.urlpatterns]
