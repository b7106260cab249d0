from __future__ import annotations

import datetime
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal.participation.digests.periods import LENGTH
from portal.participation.digests.sending import Tally, send_digests
from portal.participation.digests.turn import BusyError
from portal.people.enums import DigestFrequency


def moment(text: str) -> datetime.datetime:
    """Return an ISO 8601 moment, in the portal's zone if it names none. Raises ArgumentTypeError for anything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise ArgumentTypeError(f"{text!r} is no moment such as 2020-11-23T06:00")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


class Command(BaseCommand):
    """Sends digests; exit status 1 if any is left to send, 2 if another process sends."""

    help = "Send the digests that are due, by e-mail. Safe to run again, and after it was cut off: nobody gets one twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which, as of when."""
        frequencies = [frequency.value for frequency in LENGTH]
        parser.add_argument("--frequency", choices=frequencies, action="append", help="only these (default: daily and weekly)")
        parser.add_argument("--now", type=moment, help="as if it were this moment (ISO 8601)")
        parser.add_argument("--dry-run", action="store_true", help="count, and send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, one line for each frequency. Raises CommandError where something is left to send."""
        left = 0
        for frequency in options["frequency"] or list(LENGTH):
            wanted = DigestFrequency(frequency)
            progress = self._progress if options["verbosity"] > 1 else None
            try:
                tally = send_digests(wanted, options["now"], options["dry_run"], progress)
            except BusyError as error:
                raise CommandError(str(error), returncode=2) from error
            except OSError as error:
                raise CommandError(f"The mail server cannot be reached ({error}): run it again, the others are sent.") from error
            self.stdout.write(_line(wanted, tally, options["dry_run"]))
            left += tally.failed
        if left:
            raise CommandError(f"{left} could not be sent now: run it again.")

    def _progress(self, tally: Tally) -> None:
        self.stdout.write(f"{tally.people} people, {tally.sent} digests")


def _line(frequency: DigestFrequency, tally: Tally, dry_run: bool) -> str:
    until = timezone.localtime(tally.until).isoformat(timespec="minutes")
    if tally.was_finished:
        return f"{frequency.value}: all were sent already, until {until}"
    told = f"sent {tally.sent} to {tally.people} people, refused {tally.refused}, left {tally.failed}, until {until}"
    return f"{'dry run: ' if dry_run else ''}{frequency.value}: {told}"
