"""What signing in and out leaves in the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.participation.bookmarks import remember


class BookmarkCookieMiddleware:
    """Sends the cookie that a signal handler, which sees no response, left on the request (`portal.participation.signals`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        what = getattr(request, "remember_bookmarks", None)
        if what is not None:
            remember(request, response, what.keys)
        return response
