"""Views that belong to no room: the way in, and what is said when a form has expired."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead `/` to the home page in the best language of `Accept-Language` (RFC 9110), in Arabic when none matches."""
    language = get_language_from_request(request)
    response = HttpResponseRedirect(f"/{language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form has expired and how to send it again, with nothing lost (`CSRF_FAILURE_VIEW`)."""
    return render(request, "403_csrf.html", status=403)
