"""schedule.json beside a bare Django view: `python -m tests.benchmarks.schedule`.

Sixty sessions over three days in four rooms, made anew for a reader with a cookie. pretalx 2025 answers its own 6.8 times a
second where the bare view of the same machine is answered 3,363 times, so that twenty times pretalx is a share of 0.0404 of the
bare view. Prints a table; exit status 1 if the bar is missed.
"""

import datetime
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.pages import ANEW, CONNECTIONS, TASKS_SECONDS, Page, bare_view, fetch, measure, say, tasks_waiting
from tests.benchmarks.wrk import WrkMissingError, ensure_wrk
from tests.operations.serving import ROOT, PortalServer, environment
from tests.operations.waiting import wait_until

SESSIONS = 60
BAR = 20 * 6.8 / 3363
WORDS = "نتحدث في هذه الجلسة عن العرائض والملتمسات وآراء الجمعيات، وعن سبل الجواب عنها في آجالها. "
NAMES = ("schedule.json", "schedule.xml", "schedule.ics")


def fill() -> None:
    """Publish what is missing to sixty sessions below the Arabic workshop (runs within Django)."""
    from sessions.models import Room, SessionPage, SessionSpeaker, Speaker, WorkshopPage

    workshop = WorkshopPage.objects.get(locale__language_code="ar")
    names = [{"name_ar": f"قاعة {number}", "name_fr": f"Salle {number}"} for number in range(4)]
    rooms = [Room.objects.get_or_create(slug=f"r{number}", defaults=name)[0] for number, name in enumerate(names)]
    speakers = list(Speaker.objects.all())
    for number in range(SessionPage.objects.child_of(workshop).count(), SESSIONS):
        starts = datetime.datetime(2020, 11, 23 + number % 3, 8 + number // 12 % 8, tzinfo=datetime.UTC)
        page = SessionPage(
            title=f"جلسة {number}",
            slug=f"session-{number}",
            summary=WORDS[:250],
            starts_at=starts,
            ends_at=starts + datetime.timedelta(minutes=50),
            room=rooms[number % 4],
            body=[("paragraph", f"<p>{WORDS * 5}{number}</p>") for _paragraph in range(3)],
            session_speakers=[SessionSpeaker(speaker=speakers[(number + n) % len(speakers)], sort_order=n) for n in range(2)],
        )
        workshop.add_child(instance=page)
        page.save_revision().publish()


def bench(folder: Path) -> bool:
    """Measure and print; whether schedule.json reaches its bar at the highest load."""
    with PortalServer(folder / "var") as server, bare_view() as bare_page:
        code = "import django; django.setup(); from tests.benchmarks.schedule import fill; fill()"
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(server.var_dir), check=True)
        wait_until(lambda: tasks_waiting(server.var_dir) == 0, TASKS_SECONDS, "the background tasks of the first start are done")
        bare = measure(bare_page)
        say(f"{'':<15}" + "".join(f"{f'{number} connection(s)':>24}" for number in CONNECTIONS))
        say(f"{'bare view':<15}" + "".join(f"{bare[number].rate:>16.0f} req/s  " for number in CONNECTIONS))
        reached = False
        for name in NAMES:
            page = Page(name, f"{server.url}/ar/sessions/{name}", ANEW)
            seen = measure(page)
            shares = {number: seen[number].rate / bare[number].rate for number in CONNECTIONS}
            cells = (f"{seen[number].rate:>10.0f} req/s {shares[number]:7.2%}" for number in CONNECTIONS)
            say(f"{name:<15}" + "".join(cells) + f"  {len(fetch(page.url)):>8} bytes")
            if name == "schedule.json":
                reached = shares[CONNECTIONS[-1]] >= BAR
        say(f"schedule.json: at least {BAR:.2%} of the bare view: {'yes' if reached else 'NO'}")
        return reached


def main() -> int:
    """Measure, or say in one line why not; return the exit status."""
    try:
        ensure_wrk()
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
            return 0 if bench(Path(folder)) else 1
    except (WrkMissingError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
