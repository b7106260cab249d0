"""What every response carries, and at which moment it is made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from portal.base.moments import previewed_moment

PUBLIC_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class SecurityHeadersMiddleware:
    """Sends the Content Security Policy (CSP level 3) of public pages; the CMS, which brings inline code, is left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith("/cms/"):
            response.headers.setdefault("Content-Security-Policy", PUBLIC_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class CompressionMiddleware(GZipMiddleware):
    """Django's, but leaving alone what is served with ranges: compressed bytes are not those that were asked for."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress, where the response is no file."""
        if response.headers.get("Accept-Ranges") == "bytes":
            return response
        return super().process_response(request, response)


class PreviewedMomentMiddleware:
    """Answers at the moment of `?at=` where somebody of the CMS asks (`request.previewed_moment`); nobody keeps that answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        preview = None if request.path.startswith("/cms/") else previewed_moment(request)
        if preview is None:
            return self.get_response(request)
        request.previewed_moment = preview  # type: ignore[attr-defined]
        with preview.clock():
            response = self.get_response(request)
        response.headers["Cache-Control"] = "private, no-store"
        return response
