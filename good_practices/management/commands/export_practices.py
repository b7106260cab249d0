from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from good_practices.exchange.exporting import all_keys, practices
from good_practices.exchange.formats import write

_KINDS = ("csv", "xlsx", "json", "jsonl")


class Command(BaseCommand):
    """Exports the public practices."""

    help = "Export every public practice to a file; its ending says how: .csv, .xlsx, .json or .jsonl."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=_KINDS, help="where the ending of the file says nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file. Raises CommandError for an ending that means nothing, and a file that cannot be written."""
        kind = options["format"] or options["file"].suffix[1:].lower()
        if kind not in _KINDS:
            raise CommandError(f"name a file that ends in one of {', '.join(_KINDS)}, or give --format")
        try:
            write(practices(all_keys()), options["file"], kind)
        except OSError as error:
            raise CommandError(str(error)) from error
