"""What facilitators are told when a practice cannot become public."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from good_practices.forms.stages import ImpossiblePracticeError


class ImpossiblePracticeMiddleware:
    """Leads who publishes without the form (in bulk, from a list of tasks) to the practice that refuses, and says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the view that raised; Wagtail's dialogues want their way on as JSON."""
        if not isinstance(exception, ImpossiblePracticeError) or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        messages.error(request, " ".join(exception.messages))
        address = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)
