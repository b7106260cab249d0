"""`manage.py rebuild_facts`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from good_practices.domain.facts import complete_facts, rebuild_facts


class Command(BaseCommand):
    """Count anew what the dashboard, the map and the directories show of practices."""

    help = "Write what is counted of every public practice anew; it follows every publication by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only of practices of which nothing was written yet")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["missing"]:
            number = complete_facts()
            self.stdout.write(f"{number} practices counted" if number else "up to date")
            return
        number = rebuild_facts(self._progress if options["verbosity"] > 1 else None)
        if options["verbosity"]:
            self.stdout.write(f"{number} practices counted")

    def _progress(self, done: int) -> None:
        self.stdout.write(f"{done} practices counted")
