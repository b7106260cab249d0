from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.participation.digests.bounces import LARGEST, Counts, process, process_maildir


class Command(BaseCommand):
    """Reads mails that came back; exit status 1 if the mailbox cannot be read."""

    help = "Read reports of mails that could not be delivered (RFC 3464): from a Maildir or an mbox file, or one from stdin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the mailbox."""
        parser.add_argument("mailbox", type=Path, nargs="?", help="Maildir or mbox file (default: one message from stdin)")

    def handle(self, *args: Any, mailbox: Path | None = None, **options: Any) -> None:
        """Read, and say in one line what there was. Raises CommandError where there is no such mailbox."""
        counts = Counts()
        if mailbox is None:
            process(sys.stdin.buffer.read(LARGEST), counts)
        else:
            try:
                counts = process_maildir(mailbox)
            except OSError as error:
                raise CommandError(f"{mailbox} cannot be read: {error.strerror or error}") from error
        self.stdout.write(f"hard {counts.hard}, soft {counts.soft}, ignored {counts.ignored}")
