"""`python -m tests.benchmarks.programme`: the programme with 60 and with 300 sessions, beside a bare Django view in one run.

pretalx's programme without JavaScript does 18.6 requests/s where Django's bare view does 3,363/s (two workers, two cores):
what is compared is the share of the bare view. Loopback only; readers bear a cookie, so that every page is made anew. About a
minute after the first start.
"""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.pages import ANEW, Page, bare_view, fetch, measure, say, tasks_waiting
from tests.benchmarks.wrk import WrkMissingError, ensure_wrk
from tests.operations.serving import PortalServer
from tests.operations.waiting import wait_until

PRETALX_SHARE = 18.6 / 3363
AIM = 5
CONNECTIONS = 8
TASKS_SECONDS = 180.0
SIZES = ((60, 2), (300, 8))
FILL = """
import datetime
from sessions.models import Room, SessionPage, SessionSpeaker, Speaker, WorkshopPage
workshop = WorkshopPage.objects.get(locale__language_code="ar")
SessionPage.objects.child_of(workshop).delete()
workshop = WorkshopPage.objects.get(pk=workshop.pk)
themes = list(SessionPage.themes.field.related_model.objects.all())
def named(model, prefix, number):
    names = {{"name_ar": f"اسم رقم {{number}}", "name_fr": f"Nom {{number}}"}}
    return model.objects.get_or_create(slug=f"{{prefix}}{{number}}", defaults=names)[0]
rooms = [named(Room, "r", number) for number in range({rooms})]
speakers = [named(Speaker, "s", number) for number in range(30)]
for number in range({sessions}):
    day, place = divmod(number, {sessions} // 3)
    starts = datetime.datetime(2020, 11, 23 + day, 8, tzinfo=workshop.zone)
    starts += datetime.timedelta(minutes=50 * (place // {rooms}))
    page = SessionPage(
        title=f"جلسة حول الديمقراطية التشاركية المحلية، رقم {{number}}", slug=f"session-{{number}}",
        summary="كيف تنتقل الجمعيات من تشخيص المشكل إلى اقتراح الحل، وما الذي تحقق فعلا منذ تقديم العريضة؟",
        starts_at=starts, ends_at=starts + datetime.timedelta(minutes=45), room=rooms[place % {rooms}], locale=workshop.locale,
        session_speakers=[SessionSpeaker(speaker=speakers[(number * step) % 30]) for step in (1, 7)][: 1 + bool(number % 5)],
    )
    page.themes = [themes[number % len(themes)]]
    workshop.add_child(instance=page)
"""


def fill(server: PortalServer, sessions: int, rooms: int) -> None:
    """Put `sessions` sessions of three days in `rooms` rooms instead of those of the Arabic workshop; wait for what follows."""
    server.manage("shell", "--no-imports", "-c", FILL.format(sessions=sessions, rooms=rooms))
    settle(server)


def settle(server: PortalServer) -> None:
    """Wait until the background tasks are done: they would take part of the processors."""
    wait_until(lambda: tasks_waiting(server.var_dir) == 0, TASKS_SECONDS, "the background tasks are done")


def bench(folder: Path) -> None:
    """Measure the sizes and print them."""
    say("Starting the portal on a folder of its own (its first start takes a while) ...")
    with PortalServer(folder / "var") as server, bare_view() as bare_page:
        settle(server)
        bare = measure(bare_page)[CONNECTIONS]
        say(f"bare view            {bare.rate:8.0f} requests/s")
        for sessions, rooms in SIZES:
            fill(server, sessions, rooms)
            for view in ("list", "grid"):
                page = Page(view, f"{server.url}/ar/sessions/?view={view}", ANEW)
                seen = measure(page)[CONNECTIONS]
                times = seen.rate / bare.rate / PRETALX_SHARE
                size = len(fetch(page.url))
                failed = f", {seen.errors} FAILED" if seen.errors else ""
                say(
                    f"{sessions:3} sessions, {view}   {seen.rate:8.0f} requests/s, p50 {seen.p50:.0f} ms, p99 {seen.p99:.0f} ms, "
                    f"{size >> 10} kB: {times:.1f} times pretalx (aim with 60: {AIM}){failed}"
                )


def main() -> int:
    """Measure, or say in one line why not; return the exit status."""
    try:
        ensure_wrk()
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
            bench(Path(folder))
    except (WrkMissingError, LookupError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
