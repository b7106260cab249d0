"""`manage.py serve`: prepare everything, then serve in production shape."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from portal.operations.gunicorn_options import ServerOptions
from portal.operations.preflight import NotReadyError, bind, check_file, check_folder, explain
from portal.operations.preparation import prepare
from portal.operations.server import serve
from search.engines import EngineUnavailableError, get_engine


class Command(BaseCommand):
    """Parse the arguments and call `preflight`, `preparation` and `server`; one line and exit status 1 where they refuse."""

    help = "Prepares database, content, search index and static files, then serves the portal with its task worker."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and the number of processes."""
        parser.add_argument(
            "--host", default=os.environ.get("WEB_HOST") or "127.0.0.1", help="address to listen at (default %(default)s)"
        )
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="port (default %(default)s)")
        parser.add_argument("--workers", type=int, default=int(os.environ.get("WEB_WORKERS") or 2), help="web processes")

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        """Start, or say in one line why not."""
        try:
            check_folder(settings.VAR_DIR)
            if connection.vendor == "sqlite":
                check_file(Path(settings.DATABASES["default"]["NAME"]))
            get_engine()  # settings that name no engine are refused before anything is prepared
            bound = bind(host, port)
            prepare(self._say)
        except (NotReadyError, EngineUnavailableError) as refusal:
            sys.exit(str(refusal))
        except OSError as error:
            sys.exit(explain(error, Path(error.filename or settings.VAR_DIR)))
        except OperationalError as error:
            reason = str(error).strip().partition("\n")[0]
            sys.exit(f"The database cannot be used ({reason}): make sure that {settings.VAR_DIR} can be written and is not full.")
        serve(ServerOptions(descriptor=bound.detach(), workers=max(1, workers)), announce=lambda: self._announce(host, port))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _announce(self, host: str, port: int) -> None:
        """Print where the portal answers and who may sign in."""
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "::") else host  # noqa: S104 - compared, not bound
        self._say(f"\n  The portal is at  http://{shown}:{port}/   (facilitators: http://{shown}:{port}/cms/)\n")
        accounts = Path(settings.VAR_DIR) / "demonstration_accounts.txt"
        if accounts.exists():
            for line in accounts.read_text(encoding="utf-8").splitlines():
                self._say(f"  {line}")
        self._say("\n  Ctrl-C stops it.")
