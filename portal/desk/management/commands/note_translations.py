"""`manage.py note_translations`."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.desk.domain import note_missing


class Command(BaseCommand):
    """Note which translations are up to date, of pages that were published before that was noted."""

    help = "Note the words of public pages of which nothing is noted yet; every publication does it by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        number = note_missing()
        self.stdout.write(f"{number} pages noted" if number else "up to date")
