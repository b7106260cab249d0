"""`python -m tests.benchmarks.discussion [NUMBER]`: a practice with 5,000 comments, uncached, in a folder of its own.

Two comments in five begin a thread, and one thread has a tenth of all answers. One process, one connection, SQLite; requests go
through the whole stack of middleware. Prints the 50th and the 95th percentile in milliseconds, for a visitor and for somebody
who is signed in; the line "no comments" is the same page before.
"""

import datetime
import os
import random
import statistics
import sys
import tempfile
import time

import django

SEED = 20_201_123
COMMENTS = 5_000
TIMES = 20
QUESTIONS = ("", "?cpage=100", "?comments=oldest", "?comments=useful", "?comments=useful&cpage=100", "?thread={thread}&cpage=100")


def fill(number: int) -> tuple[str, int]:
    """Write so many comments on the first practice in Arabic; return its address, and the thread with most answers."""
    from django.utils import timezone

    from good_practices.models import PracticePage
    from portal.participation.models import Comment, Subject
    from portal.people.models import User

    page = PracticePage.objects.live().filter(locale__language_code="ar").order_by("pk")[0]
    subject = Subject.of(page.translation_key)
    people = User.objects.bulk_create([User(email=f"{n}@example.org", display_name=f"مشارك {n}") for n in range(200)])
    choice, start = random.Random(SEED), timezone.now() - datetime.timedelta(days=90)

    def comment(parent: Comment | None = None) -> Comment:
        text = "تجربة مفيدة جدا لجماعتنا، والوثائق في https://example.org/وثائق " * choice.randint(1, 6)
        author = choice.choice(people)
        return Comment(subject=subject, author=author, text=text, language="ar", parent=parent, useful_count=choice.randrange(30))

    roots = Comment.objects.bulk_create([comment() for _ in range(number * 2 // 5)], batch_size=500)
    parents = (roots[0] if choice.random() < 0.1 else choice.choice(roots) for _ in range(number - len(roots)))
    Comment.objects.bulk_create([comment(parent) for parent in parents], batch_size=500)
    written = list(Comment.objects.filter(subject=subject))
    for place, one in enumerate(written):
        one.created_at = start + datetime.timedelta(minutes=place)
    Comment.objects.bulk_update(written, ["created_at"], batch_size=500)
    return page.url, roots[0].pk


def measure(address: str, thread: int, number: int) -> None:
    """Ask for each address, the first time unmeasured, and print how long it took."""
    from django.test import Client

    from portal.people.models import User

    visitor, member = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    member.force_login(User.objects.get(email="0@example.org"))
    for question in QUESTIONS:
        for who, client in (("visitor", visitor), ("signed in", member)):
            _report(client, f"{address}{question.format(thread=thread)}", f"{number} comments, {who}: {question or '-'}")


def _report(client: object, address: str, label: str) -> None:
    taken = []
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        response = client.get(address)  # type: ignore[attr-defined]
        taken.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(taken[1:], n=20)[-1]
    size = len(response.content) / 1000
    print(f"{label:<64} {response.status_code} {size:6.1f} kB  p50 {statistics.median(taken[1:]):6.1f}  p95 {p95:6.1f}")  # noqa: T201


def main(number: int) -> None:
    """Make the folder, fill it and measure."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(VAR_DIR=folder, PAGE_CACHE="off", DJANGO_SETTINGS_MODULE="portal.settings.local")
        django.setup()
        from django.core.management import call_command
        from django.test import Client

        from good_practices.models import PracticePage

        for command in ("migrate", "load_content"):
            call_command(command, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        page = PracticePage.objects.live().filter(locale__language_code="ar").order_by("pk")[0]
        _report(Client(headers={"host": "localhost"}), page.url, "no comments, visitor")
        address, thread = fill(number)
        measure(address, thread, number)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS)
