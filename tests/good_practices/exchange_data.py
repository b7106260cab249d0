"""Rows and practices for the tests of import and export."""

import json
from pathlib import Path

from good_practices.exchange.exporting import all_keys, practices
from good_practices.exchange.importing import Job, import_practices
from good_practices.exchange.rows import Options
from good_practices.models import PracticePage
from tests.factories.vocabulary import AxisFactory, TerritoryFactory, ThemeFactory

ROW = {
    "external_id": "essai-1",
    "title_ar": "نقل مدرسي للبنات",
    "problem_ar": "لا يوجد نقل مدرسي",
    "instrument": "petition",
    "territory": "99.1",
    "themes": "school-transport",
}


def prepare():
    """Make the vocabulary that rows name."""
    for slug in ("school-transport", "environment"):
        ThemeFactory(slug=slug)
        AxisFactory(slug=slug)
    TerritoryFactory(code="99.1", name_fr="Lieu unique", name_ar="مكان وحيد")


def write(path: Path, *rows, **changes):
    """Write JSON Lines of `ROW` with changes; return the file."""
    rows = rows or ({},)
    path.write_text("".join(json.dumps({**ROW, **changes, **row}, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def run(path, *, archive=None, publish=True, dry_run=False, **options):
    """Import a file; return the counts and the errors."""
    errors = []
    counts = import_practices(Job(path, Options(**options), archive, publish, dry_run), errors.append)
    return counts, errors


def exported():
    """Return the library as an export has it."""
    return list(practices(all_keys()))


def empty():
    """Remove every practice."""
    for page in PracticePage.objects.order_by("-pk"):
        page.delete()
