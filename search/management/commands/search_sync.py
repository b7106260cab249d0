"""`manage.py search_sync`."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections

from search import domain


class Command(BaseCommand):
    """Bring to the index what a drain after a commit could not, and forget what was asked long ago."""

    help = "Bring waiting changes to the search index; with --loop, again and again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument("--interval", type=float, default=5.0, help="seconds between two drains (default: 5)")

    def handle(self, *args: Any, **options: Any) -> None:
        self._sync(options["verbosity"])
        try:
            while options["loop"]:
                time.sleep(max(0.1, options["interval"]))
                self._sync_safely(options["verbosity"])
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _sync_safely(self, verbosity: int) -> None:
        """Drain, and outlive a database that is away for a while."""
        close_old_connections()
        try:
            self._sync(verbosity)
        except Error as error:
            self.stderr.write(f"The database does not answer: {error}")

    def _sync(self, verbosity: int) -> None:
        done = domain.drain()
        domain.purge_counts()
        waiting = domain.backlog().count
        if verbosity and (done or waiting):
            self.stdout.write(f"{done} changes brought to the index, {waiting} waiting.")
