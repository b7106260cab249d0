"""The application server: gunicorn in this very process, loaded once and then forked, with the task worker beside it."""

import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import Any
from wsgiref.types import WSGIApplication
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from portal.operations import task_worker
from portal.operations.arbiter import PortalArbiter
from portal.operations.gunicorn_options import ServerOptions
from portal.operations.processes import follow_parent

logger = logging.getLogger(__name__)

WARM_PAGES = ("/healthz", "/ar/", "/ar/sessions/", "/ar/practices/", "/ar/search/", "/fr/", "/en/")
"""Asked once before forking, so that templates, catalogues and models are read once and shared by all processes."""


class PortalApplication(BaseApplication):
    """The portal as gunicorn runs it."""

    def __init__(self, options: ServerOptions, announce: Callable[[], None]) -> None:
        self.options = options
        self.announce = announce
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn; nothing is read from the command line or a file."""
        for name, value in self.options.gunicorn_settings().items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", self._when_ready)
        self.cfg.set("post_fork", _post_fork)

    def load(self) -> WSGIApplication:
        """Return the WSGI application, warmed up."""
        application: WSGIApplication = get_wsgi_application()
        warm_up(application)
        return application

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM; leaves by SystemExit."""
        PortalArbiter(self, task_worker.run).run()

    def _when_ready(self, arbiter: object) -> None:
        """Tidy up for the forks to come: no open connection is shared, and collecting garbage copies no shared page."""
        connections.close_all()
        gc.collect()
        gc.freeze()
        self.announce()
        sys.stdout.flush()


def _post_fork(arbiter: PortalArbiter, worker: Any) -> None:
    follow_parent(worker.ppid, signal.SIGTERM)


def warm_up(application: WSGIApplication, pages: tuple[str, ...] = WARM_PAGES) -> None:
    """Ask for pages once, without a network. A page that fails is no reason not to serve the others: it is logged."""
    for page in pages:
        environ: dict[str, Any] = {"PATH_INFO": page, "HTTP_HOST": "localhost", "wsgi.errors": sys.stderr}
        setup_testing_defaults(environ)
        try:
            response = application(environ, lambda *_: lambda _: None)
            for _chunk in response:
                pass
            if close := getattr(response, "close", None):
                close()
        except Exception:
            logger.exception("%s failed while warming up", page)


def serve(options: ServerOptions, announce: Callable[[], None]) -> None:
    """Serve the portal in the foreground; `announce` is called once the address answers. Leaves by SystemExit."""
    os.umask(0o022)
    PortalApplication(options, announce).run()
