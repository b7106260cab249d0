"""How an address becomes a page."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve

from portal.base.memory import remembered


def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with a page, as Wagtail does; its site and home page are looked up once for each version of the content.

    Both are left where Wagtail itself keeps them during a request.
    """
    site = remembered(("site", request.get_host()), lambda: Site.find_for_request(request))
    if site is not None:
        request._wagtail_site = site  # type: ignore[attr-defined]
        home: Page = remembered(("home", site.pk, get_language()), lambda: site.root_page.localized.specific)
        try:
            route = home.route(request, [part for part in path.split("/") if part])
        except Http404:
            route = None
        request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    return serve(request, path)
