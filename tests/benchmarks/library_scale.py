"""`python -m tests.benchmarks.library_scale [NUMBER]`: the library's pages with 50,000 practices in three languages, uncached.

In a folder of its own, or in that of `VAR_DIR` where it holds them already. One process, one connection, SQLite, the embedded
search; requests go through the whole stack of middleware. Prints the 50th and the 95th percentile in milliseconds; the bar is
150 ms for the pages that visitors see.
"""

import os
import sys
import tempfile

import django

from tests.benchmarks.dashboard import measure
from tests.benchmarks.library import fill

PRACTICES = 50_000
PAGES = (
    "/ar/practices/",
    "/fr/practices/?theme=school-transport",
    "/ar/practices/?instrument=petition&region=MA-09&page=3",
    "/fr/practices/?outcome=rejected&sort=date",
    "/ar/practices/map/",
    "/fr/practices/map/?theme=environment",
    "/ar/places/09/",
    "/ar/practices/dashboard/",
    "/fr/practices/dashboard/?instrument=petition",
    "/ar/practices/benchmark-200/",
)
EDITORS = (
    "/cms/pages/{library}/",
    "/cms/pages/{library}/?p=200",
    "/cms/pages/{library}/?ordering=title",
    "/cms/pages/{library}/?q=eau",
)


def prepare(number: int) -> None:
    """Make a portal with so many practices, counted and indexed."""
    from django.core.management import call_command

    for command in ("migrate", "load_content"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(number, translated=True)
    for command in ("wagtail_update_index", "rebuild_facts", "search_rebuild"):
        call_command(command, verbosity=0)


def main(number: int) -> None:
    """Fill a folder where it is empty, and measure."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ.setdefault("VAR_DIR", folder)
        os.environ.update(PAGE_CACHE="off", DJANGO_SETTINGS_MODULE="portal.settings.local")
        django.setup()
        from django.db import connection

        from good_practices.models import LibraryPage
        from portal.people.models import User

        if not connection.introspection.table_names():
            prepare(number)
        library = LibraryPage.objects.get(locale__language_code="fr")
        editor = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("editor@example.org")
        measure(PAGES)
        measure([address.format(library=library.pk) for address in EDITORS], editor)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PRACTICES)
