"""What fills the vocabulary: the real territories, and the short lists that the programme uses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.vocabulary.models import Axis, Term, Territory, Theme

DATA = Path(__file__).parent / "data" / "territories.jsonl"

THEMES = (
    ("quality-of-life", "تحسين جودة الحياة", "Qualité de vie", "Quality of life"),
    ("basic-equipment", "التجهيزات الأساسية", "Équipements de base", "Basic equipment"),
    ("urban-rural-services", "الخدمات الحضرية والقروية", "Services urbains et ruraux", "Urban and rural services"),
    ("ending-isolation", "فك العزلة", "Désenclavement", "Ending isolation"),
    ("school-transport", "النقل المدرسي", "Transport scolaire", "School transport"),
    ("environment", "البيئة", "Environnement", "Environment"),
    ("culture-arts", "الثقافة والفنون", "Culture et arts", "Culture and arts"),
)
AXES = (
    ("rule-of-law", "دولة الحق والقانون والديمقراطية", "État de droit et démocratie", "Rule of law and democracy"),
    ("gender-equality", "النوع والمساواة والحماية", "Genre, égalité et protection", "Gender, equality and protection"),
    ("youth", "الشباب", "Jeunesse", "Youth"),
    ("environment", "المحافظة على البيئة", "Environnement", "Environment"),
)


@transaction.atomic
def load_vocabulary() -> None:
    """Add the territories, themes and axes that are missing; what is there stays as it was edited."""
    _load_terms(Theme, THEMES)
    _load_terms(Axis, AXES)
    with DATA.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if Territory.objects.count() < len(rows):
        load_territories(rows)


def load_territories(rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the territories whose codes are missing; in `rows` a parent comes before its children.

    Raises KeyError if a parent is unknown.
    """
    known = dict(Territory.objects.values_list("code", "pk"))
    for level in dict.fromkeys(row["level"] for row in rows):
        missing = [row for row in rows if row["level"] == level and row["code"] not in known]
        made = Territory.objects.bulk_create(_territory(row, known) for row in missing)
        known.update({territory.code: territory.pk for territory in made})


def _territory(row: Mapping[str, Any], known: Mapping[str, int]) -> Territory:
    return Territory(
        code=row["code"],
        iso_code=row.get("iso", ""),
        level=row["level"],
        parent_id=known[row["parent"]] if row["parent"] else None,
        name_ar=row["ar"],
        name_fr=row["fr"],
        name_en=row.get("en", ""),
        name_zgh=row.get("zgh", ""),
        longitude=row.get("lon"),
        latitude=row.get("lat"),
        population=row.get("population"),
    )


def _load_terms(model: type[Term], terms: Sequence[tuple[str, str, str, str]]) -> None:
    for position, (slug, arabic, french, english) in enumerate(terms):
        names = {"name_ar": arabic, "name_fr": french, "name_en": english, "position": position}
        model._default_manager.get_or_create(slug=slug, defaults=names)
