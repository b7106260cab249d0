from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext

from good_practices.exchange.importing import Counts, Job, import_practices
from good_practices.exchange.mapping import read_mapping
from good_practices.exchange.reading import FileError
from good_practices.exchange.rows import Options, RowError
from portal.base.languages import language_codes


class Command(BaseCommand):
    """Imports practices; exit status 1 if a row is refused."""

    help = "Import practices from CSV, XLSX, JSON Lines or JSON. Importing again updates, never doubles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file and how it is read."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--publish", action="store_true", help="publish what is imported; without it, it is kept as drafts")
        parser.add_argument("--language", choices=language_codes(), default="", help="language of words whose column says none")
        parser.add_argument("--mapping", type=Path, help="TOML file: their columns -> ours (or participedia, decidim)")
        parser.add_argument("--files", type=Path, help="ZIP archive of the documents that cells name")
        parser.add_argument("--create-organisations", action="store_true", help="make the organisations that are missing")
        parser.add_argument("--messages", choices=language_codes(), default=settings.LANGUAGE_CODE, help="language of the errors")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, one line for each error. Raises CommandError for a file that cannot be read."""
        with translation.override(options["messages"]):
            try:
                counts = self._import(options)
            except (FileError, OSError) as error:
                raise CommandError(str(error), returncode=2) from error
        if counts.refused:
            sys.exit(1)

    def _import(self, options: dict[str, Any]) -> Counts:
        mapping = read_mapping(options["mapping"]) if options["mapping"] else None
        how = Options(options["language"], options["create_organisations"], mapping)
        job = Job(options["file"], how, options["files"], options["publish"], options["dry_run"])
        counts = import_practices(job, self._refuse, self._progress if options["verbosity"] > 1 else None)
        done = f"created {counts.created}, updated {counts.updated}, unchanged {counts.unchanged}, refused {counts.refused}"
        if counts.left_out:
            words = gettext("These columns are not known, and were left out: %(names)s.")
            self.stderr.write(words % {"names": ", ".join(counts.left_out)})
        self.stdout.write(f"{'dry run: ' if options['dry_run'] else ''}{done}")
        return counts

    def _refuse(self, error: RowError) -> None:
        self.stderr.write("\t".join((str(error.row), error.column, error.value.replace("\n", " "), error.message)))

    def _progress(self, counts: Counts) -> None:
        self.stdout.write(f"{counts.rows} rows")
