from typing import Any

from django.core.management.base import BaseCommand

from portal.home.loading import load_content


class Command(BaseCommand):
    """Load the three days, the library and everything else a first visitor sees; safe to run again."""

    help = "Load the three days, the library and everything else a first visitor sees; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        report = (lambda line: self.stdout.write(f"  {line}")) if options["verbosity"] > 1 else (lambda line: None)
        count = load_content(report)
        self.stdout.write(f"{count} content files loaded." if count else "All content was loaded already.")
