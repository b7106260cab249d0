from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers


class AccountPagesMiddleware:
    """Keeps all below `/{lang}/account/` out of caches: allauth forgets the pages that show secrets of the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info[3:].startswith("/account/"):
            add_never_cache_headers(response)
        return response
