"""Health for whoever watches over the portal: plain, small, never cached, without a session."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.operations.health import check_all


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process is alive, touching nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether pages can be answered: 200, or 503 with what is missing."""
    checks = check_all()
    ready = all(check.ready for check in checks)
    body = {"ready": ready, "checks": {check.name: {"ready": check.ready, "detail": check.detail} for check in checks}}
    return JsonResponse(body, status=200 if ready else 503)
