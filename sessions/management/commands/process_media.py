"""`process_media`: prepare recordings here and now, without the task worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions.enums import RecordingStatus
from sessions.media import domain, journal
from sessions.models import Recording


class Command(BaseCommand):
    help = (
        "Prepares the recordings that wait: video, sound and pictures for visitors. Exit status 1 if one could not be prepared."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which recordings: those that wait, one, or those that failed, too."""
        parser.add_argument("--recording", type=int, metavar="PK", help="this one only, even if it is ready")
        parser.add_argument("--retry-failed", action="store_true", help="also those that failed or were cut off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare them one after the other, a line for each."""
        failed = 0
        for pk in self._chosen(options["recording"], options["retry_failed"]):
            made = domain.prepare(pk)
            recording = Recording.objects.get(pk=pk)
            fault = journal.last_fault(recording.log)
            words = "ready" if made else fault.label if fault else "left alone: another process has it"
            self.stdout.write(f"{pk} {recording}: {words}")
            failed += fault is not None
        if failed:
            raise CommandError(f"{failed} could not be prepared", returncode=1)

    def _chosen(self, pk: int | None, retry: bool) -> list[int]:
        if pk is None:
            waiting = Recording.objects.filter(status=RecordingStatus.WAITING).exclude(original="").values_list("pk", flat=True)
            return domain.to_retry() if retry else list(waiting)
        if not Recording.objects.filter(pk=pk).exclude(original="").update(progress=0):
            raise CommandError(f"There is no recording {pk} with a file.")
        return [pk]
