from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.people import retention


class Command(BaseCommand):
    help = "Delete what has been kept for its time, and print how much of each kind. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read what is asked."""
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Enforce the terms."""
        for term, count in retention.enforce(retention.now(), dry_run=dry_run):
            self.stdout.write(f"{count:>8}  {term.name}: {term.what} ({term.days} days)")
