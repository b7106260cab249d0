"""The illustrative practices, and the organisations they name."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from good_practices.models import (
    ConsultationSpace,
    LibraryPage,
    PracticeEvidence,
    PracticeOrganisation,
    PracticePage,
    PracticeStage,
    ResultFigure,
)
from portal.home.loading.files import Text, bullets, paragraphs, practice_key, texts
from portal.home.loading.pages import Loader
from portal.people.domain import council_of
from portal.people.enums import OrganisationKind
from portal.people.models import Organisation
from portal.vocabulary.models import Axis, Territory, Theme

_NEEDS = ("people", "time", "money", "partners", "texts")


def load_practices(loader: Loader, libraries: Mapping[str, LibraryPage]) -> None:
    """Publish the practices of `content/practices/` that were never loaded, each below the library of its language."""
    for text in loader.new(texts("practices")):
        loader.publish(_practice(text), libraries[text.language], text)


def _practice(text: Text) -> PracticePage:
    record, words = text.record, text.text
    territory = Territory.objects.get(code=record["territory"])
    page = PracticePage(
        title=words["title"],
        summary=words["summary"],
        illustrative=True,
        instrument=record["instrument"],
        outcome=record["outcome"],
        territory=territory,
        **_children(text, territory),
        authority=council_of(Territory.objects.get(code=record["authority"])),
        lessons=bullets(words["lessons"]),
        space=ConsultationSpace.objects.get(slug=record["space"]) if "space" in record else None,
        inspired_by_key=practice_key(record["inspired_by"]) if "inspired_by" in record else None,
        **{field: paragraphs(words[field]) for field in ("problem", "action", "reply", "result")},
        **{f"needed_{name}": words["needs"].get(name, "") for name in _NEEDS},
    )
    page.themes = Theme.objects.filter(slug__in=record["themes"])
    page.axes = Axis.objects.filter(slug__in=record["axes"])
    return page


def _children(text: Text, territory: Territory) -> dict[str, Any]:
    """Return the rows below a practice: who asked, the stages, the figures of the result, the evidence."""
    record, words = text.record, text.text
    return {
        "practice_organisations": [
            PracticeOrganisation(organisation=_association(one, territory), sort_order=order)
            for order, one in enumerate(record["organisations"])
        ],
        "stages": [
            PracticeStage(
                kind=stage["kind"], date=stage["date"], note=note, sort_order=order, translation_key=text.key(f"stage {order}")
            )
            for order, (stage, note) in enumerate(zip(record["stages"], words["stages"], strict=True))
        ],
        "figures": [
            ResultFigure(
                value=Decimal(figure["value"]),
                unit=figure["unit"],
                label=label,
                sort_order=order,
                translation_key=text.key(f"figure {order}"),
            )
            for order, (figure, label) in enumerate(zip(record.get("figures", []), words.get("figures", []), strict=True))
        ],
        "evidence": [
            PracticeEvidence(title=title, sort_order=order, translation_key=text.key(f"evidence {order}"))
            for order, title in enumerate(words["evidence"])
        ],
    }


def _association(record: Mapping[str, Any], territory: Territory) -> Organisation:
    names = {name: record[name] for name in ("name_ar", "name_fr", "name_en")}
    defaults = {**names, "kind": OrganisationKind.ASSOCIATION, "territory": territory, "illustrative": True}
    return Organisation.objects.get_or_create(slug=record["slug"], defaults=defaults)[0]
