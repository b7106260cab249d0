"""`manage.py search_rebuild`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import domain
from search.engines import EngineUnavailableError


class Command(BaseCommand):
    """Build the index anew and swap it in, while searches and publishing go on."""

    help = "Build the search index anew and swap it in without downtime."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = domain.rebuild(self._progress if options["verbosity"] > 1 else None)
        except EngineUnavailableError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"{number} documents in the search index.")

    def _progress(self, read: int) -> None:
        self.stdout.write(f"{read} keys read")
