"""Views that belong to no room: the way in, and what is said when a form has expired."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from portal.base.text import clean_text

WRITTEN_IN = ("text", "answer", "tags", "note")
"""The fields in which people write something of their own."""

LONGEST_WRITTEN = 10_000


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead `/` to the home page in the best language of `Accept-Language` (RFC 9110), in Arabic when none matches."""
    language = get_language_from_request(request)
    response = HttpResponseRedirect(f"/{language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form has expired and how to send it again, with nothing lost (`CSRF_FAILURE_VIEW`).

    What was written is shown to be taken along. It is not put into a form again: somebody else may have written and sent it.
    """
    written = [text for name in WRITTEN_IN for text in request.POST.getlist(name)[:1] if text.strip()]
    place = request.POST.get("next", "")
    back = place if place.startswith("/") and url_has_allowed_host_and_scheme(place, allowed_hosts=None) else ""
    context = {"written": [clean_text(text[:LONGEST_WRITTEN]) for text in written], "back": back}
    return render(request, "403_csrf.html", context, status=403)
