"""Whether a form was sent from a page of this site, where the page is cached for everybody and can carry no CSRF token."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def same_origin(request: HttpRequest) -> bool:
    """Return whether the browser says that one of our own pages sent `request` (Fetch Metadata, else Origin, else Referer).

    A request that says nothing is refused: every browser says one of the three when a form is sent.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        parts = urlsplit(sender)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def from_our_pages(view: View[Rest]) -> View[Rest]:
    """Let `view` take forms without a CSRF token, from pages of this site only: PermissionDenied for all others."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        if not same_origin(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked
