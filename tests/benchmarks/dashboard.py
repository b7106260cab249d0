"""`python -m tests.benchmarks.dashboard [NUMBER]`: the dashboard of 50,000 practices, uncached, in a folder of its own.

Only what is counted of practices is written, not their pages: the dashboard reads nothing else. One process, one connection,
SQLite; requests go through the whole stack of middleware. Prints the 50th and the 95th percentile in milliseconds.
"""

import datetime
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence

import django

SEED = 20_201_123
PRACTICES = 50_000
TIMES = 40
ADDRESSES = (
    "/ar/practices/dashboard/",
    "/fr/practices/dashboard/?instrument=petition",
    "/ar/practices/dashboard/?theme=school-transport",
    "/fr/practices/dashboard/?region=MA-09&year=2018",
    "/ar/practices/dashboard.csv",
)


def fill(number: int) -> None:
    """Write what is counted of so many practices, seven in ten of them with a reply."""
    from good_practices.models import PracticeFacts
    from portal.vocabulary.models import Theme

    choice = random.Random(SEED)
    rows = [_facts(choice) for _ in range(number)]
    PracticeFacts.objects.bulk_create(rows, batch_size=2_000)
    themes, through = list(Theme.objects.all()), PracticeFacts.themes.through
    links = (through(practicefacts=row, theme=theme) for row in rows for theme in choice.sample(themes, choice.randint(1, 2)))
    through.objects.bulk_create(links, batch_size=2_000)


def _facts(choice: random.Random) -> "PracticeFacts":  # noqa: F821
    from django.utils import timezone

    from good_practices.enums import Outcome, StageKind
    from good_practices.models import PracticeFacts
    from good_practices.procedure import notice_due
    from portal.vocabulary.enums import Instrument, Level

    place = choice.choice(_communes())
    filed = datetime.date(2015, 1, 1) + datetime.timedelta(days=choice.randrange(2_100)) if choice.random() < 0.95 else None
    days = choice.randrange(500) if filed and choice.random() < 0.7 else None
    instrument, level = choice.choice(Instrument.values), choice.choice(Level.values)
    return PracticeFacts(
        practice_key=uuid.UUID(int=choice.getrandbits(128)),
        instrument=instrument,
        outcome=choice.choice(Outcome.values),
        stage=choice.choice(StageKind.values),
        territory=place,
        province=place.parent,
        region=place.parent.parent,
        authority_level=level,
        filed_on=filed,
        replied_on=filed + datetime.timedelta(days=days) if filed and days is not None else None,
        days_to_reply=days,
        reply_due_on=notice_due(instrument, level, filed),
        changed_at=timezone.now(),
        illustrative=True,
    )


def _communes() -> list:
    from portal.vocabulary.enums import Level
    from portal.vocabulary.models import Territory

    if not _places:
        _places.extend(Territory.objects.filter(level=Level.COMMUNE).select_related("parent__parent"))
    return _places


_places: list = []


def measure(addresses: Sequence[str], person: "User | None" = None) -> None:  # noqa: F821
    """Ask for each address, as a person if one is given, the first time unmeasured; print how long it took."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    if person:
        client.force_login(person)
    for address in addresses:
        client.get(address)
        taken = []
        for _ in range(TIMES):
            start = time.perf_counter()
            response = client.get(address)
            size = len(response.content)
            taken.append((time.perf_counter() - start) * 1000)
        p95 = statistics.quantiles(taken, n=20)[-1]
        print(f"{address:<52} {response.status_code} {size / 1000:6.1f} kB  p50 {statistics.median(taken):6.1f}  p95 {p95:6.1f}")  # noqa: T201


def main(number: int) -> None:
    """Make the folder, fill it and measure."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(VAR_DIR=folder, PAGE_CACHE="off", DJANGO_SETTINGS_MODULE="portal.settings.local")
        django.setup()
        from django.core.management import call_command

        for command in ("migrate", "load_content"):
            call_command(command, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        fill(number)
        measure(ADDRESSES)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PRACTICES)
