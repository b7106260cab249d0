"""The least that Django can do, served as the portal is: what every page's speed is held against."""

import sys
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import cache_page
from gunicorn.app.base import BaseApplication

from portal.operations.gunicorn_options import ServerOptions
from portal.operations.preflight import bind


def answer(request: HttpRequest) -> HttpResponse:
    """Answer two letters."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("", answer)]


class BareApplication(BaseApplication):
    """One view, plain and through Django's own cache, no middleware, no database, under the portal's gunicorn settings."""

    def __init__(self, options: ServerOptions) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.gunicorn_settings().items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        settings.configure(SECRET_KEY="-" * 50, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])
        from django.core.wsgi import get_wsgi_application

        urlpatterns.append(path("cached/", cache_page(60)(answer)))  # asks for settings

        return get_wsgi_application()


if __name__ == "__main__":
    BareApplication(ServerOptions(descriptor=bind("127.0.0.1", int(sys.argv[1])).detach())).run()
