"""`python -m tests.benchmarks.digests [PEOPLE [NEWS]]`: weekly digests for 10,000 followers of 1,000 news, to a real mail server.

Practices, stages and comments are new; people follow themes, places, practices, discussions and saved searches. The command runs
in a process of its own, the mail server (aiosmtpd) in another. Prints the time, the peak of memory, and what a run that is
killed (SIGKILL) in its midst and begun again leaves out or doubles. The texts are those of `tests.benchmarks.library`.
"""

import datetime
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import django

from tests.operations.serving import ROOT, free_port

SEED = 20_201_123
PEOPLE, NEWS = 10_000, 1_000
DAILY = 1_000
"""People of the run that is killed."""
SEARCHES = 100
"""Distinct searches that a tenth of the people follow."""


class Counting:
    """Notes for whom each mail was, in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a", buffering=1)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail."""
        self._file.write(f"{envelope.rcpt_tos[0]} {len(envelope.content)}\n")
        return "250 taken"


def mail_server(port: int, file: Path) -> None:
    """Take mails until the process is ended."""
    from aiosmtpd.controller import Controller

    Controller(Counting(file), hostname="127.0.0.1", port=port).start()
    signal.pause()


def fill(people: int, news: int) -> None:
    """Write the news of the last week, half of them practices, and whoever follows them."""
    from django.utils import timezone
    from wagtail.models import Page

    from good_practices.domain.facts import complete_facts
    from good_practices.enums import StageKind
    from good_practices.models import PracticeFacts, PracticeNews
    from portal.participation.models import Comment, Subject
    from tests.benchmarks import library

    PracticeNews.objects.update(published_at=timezone.now() - datetime.timedelta(days=90))
    texts = library.fill(news // 2 // 3 * 3)
    complete_facts()
    moment = timezone.now() - datetime.timedelta(hours=2)
    pages = Page.objects.filter(slug__startswith="benchmark")
    new = PracticeFacts.objects.filter(practice_key__in=pages.values("translation_key"))
    keys = list(new.values_list("practice_key", flat=True))
    pages.update(first_published_at=moment)
    PracticeNews.objects.filter(practice_key__in=keys, stage="").update(published_at=moment)
    later = moment + datetime.timedelta(minutes=1)
    PracticeNews.objects.bulk_create(
        PracticeNews(practice_key=key, stage=StageKind.ANSWERED, published_at=later) for key in keys[: news // 4]
    )
    subjects = [Subject(translation_key=key) for key in keys[: news // 4]]
    Subject.objects.bulk_create(subjects)
    Comment.objects.bulk_create(
        Comment(subject=one, text="تعليق", language="ar", published_at=later, illustrative=True) for one in subjects
    )
    follow(people, keys, [" ".join(text.title.split()[:2]) for text in texts[:SEARCHES]])


def follow(people: int, keys: list, questions: list[str]) -> None:
    """Make people, of whom each follows one to five things."""
    from portal.participation.models import Follow
    from portal.participation.searches import key_of
    from portal.people.models import User
    from portal.vocabulary.models import Territory, Theme
    from search.query import SearchQuery

    choice = random.Random(SEED)
    targets = {
        "theme": list(Theme.objects.values_list("slug", flat=True)),
        "territory": list(Territory.objects.regions().values_list("code", flat=True)),
        "practice": list(map(str, keys)),
        "discussion": list(map(str, keys)),
        "search": [key_of(SearchQuery(text, language="ar")) for text in questions],
    }
    made = [
        User(
            email=f"person{number}@example.org",
            display_name=f"Person {number}",
            language=choice.choice(("ar", "ar", "fr", "en")),
            digest="weekly" if number < people else "daily",
        )
        for number in range(people + DAILY)
    ]
    User.objects.bulk_create(made, batch_size=1_000)
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    follows = []
    for person in made:
        chosen = {("theme", choice.choice(targets["theme"]))}
        for _ in range(choice.randint(0, 3)):
            kind = choice.choice(("theme", "territory", "practice", "discussion"))
            chosen.add((kind, choice.choice(targets[kind])))
        if choice.random() < 0.1:
            chosen.add(("search", choice.choice(targets["search"])))
        follows += [Follow(person=person, kind=kind, key=key, created_at=long_ago) for kind, key in chosen]
    Follow.objects.bulk_create(follows, batch_size=2_000)


def command(frequency: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    """Begin to send, as of the end of the next period."""
    ahead = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=7 if frequency == "weekly" else 1)).isoformat()
    arguments = [sys.executable, "manage.py", "send_digests", "--frequency", frequency, "--now", ahead]
    return subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def measure(folder: Path, environment: dict[str, str]) -> None:
    """Send the weekly digests, then kill the daily ones in their midst and begin again."""
    file = folder / "mails"
    started = time.perf_counter()
    told = command("weekly", environment).communicate()[0].strip()
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told += f"; {used.ru_utime + used.ru_stime:.0f} s of processor, peak {used.ru_maxrss / 1024:.0f} MB"
    sizes = [int(line.split()[1]) for line in file.read_text().splitlines()]
    print(told)  # noqa: T201
    print(f"{len(sizes)} mails of {sum(sizes) / len(sizes) / 1000:.1f} kB in {seconds:.1f} s")  # noqa: T201
    before = len(sizes)
    running = command("daily", environment)
    while len(file.read_text().splitlines()) < before + DAILY // 3 and running.poll() is None:
        time.sleep(0.05)
    running.kill()
    running.wait()
    cut = len(file.read_text().splitlines()) - before
    told = command("daily", environment).communicate()[0].strip()
    took = Counter(line.split()[0] for line in file.read_text().splitlines()[before:])
    doubled = sum(number > 1 for number in took.values())
    print(f"killed after {cut} mails, begun again: {told}")  # noqa: T201
    print(f"{len(took)} people were reached, {doubled} of them twice")  # noqa: T201


def main(people: int, news: int) -> None:
    """Make the folder, fill it, start the mail server and measure."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        os.environ.update(VAR_DIR=folder, DJANGO_SETTINGS_MODULE="portal.settings.local")
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        django.setup()
        from django.core.management import call_command

        for name in ("migrate", "load_content"):
            call_command(name, verbosity=0)
        fill(people, news)
        call_command("search_rebuild", verbosity=0)
        server = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.digests", "--server", str(port), f"{folder}/mails"])
        try:
            time.sleep(1)
            measure(Path(folder), dict(os.environ))
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--server"]:
        mail_server(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        numbers = [int(one) for one in sys.argv[1:]]
        main(*(numbers + [PEOPLE, NEWS][len(numbers) :]))
