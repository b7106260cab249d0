"""What signing in and out leaves in the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sessions.stars import remember


class AgendaCookieMiddleware:
    """Sends the cookies that a signal handler, which sees no response, left on the request (`sessions.signals`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if what := getattr(request, "remember_agenda", None):
            remember(request, response, what)
        return response
