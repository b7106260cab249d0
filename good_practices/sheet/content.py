"""What stands on the sheet, in the active language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from good_practices.chain import chain_of
from good_practices.citing import citation_of
from good_practices.models import PracticePage
from good_practices.reading import Figure, figures_of
from portal.base.dates import localdate
from portal.base.languages import direction, locale_code
from portal.base.richtext import plain_text
from portal.base.text import clean_text
from portal.vocabulary.models import Territory

_ENDS = re.compile(r"(?<=[.!?؟…])\s+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of a sheet. `parts` are titles and texts of the story, `needs` those of "to do it yourself"."""

    language: str
    direction: str
    site: str
    kind: str
    outcome: str
    title: str
    illustrative: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[tuple[str, str]]
    figures: Sequence[Figure]
    stages_title: str
    stages: Sequence[tuple[str, str]]
    coming: str
    limit: str
    rule: str
    needs_title: str
    needs: Sequence[tuple[str, str]]
    cite_title: str
    citation: str
    licence: str
    more: str
    url: str


def sheet_of(page: PracticePage, url: str) -> Sheet:
    """Return what stands on the sheet of a practice; `url` is the absolute address of its page."""
    language = locale_code(page.locale_id)
    places = Territory.objects.for_names().get(pk=page.territory_id).lineage
    chain = chain_of(page, places)
    return Sheet(
        language=language,
        direction=direction(language),
        site=_("Moucharaka Mouwatina"),
        kind=page.get_instrument_display(),
        outcome=page.get_outcome_display(),
        title=clean_text(page.title),
        illustrative=_("Illustrative example: invented to show how the library works.") if page.illustrative else "",
        facts=_facts(page, places),
        parts=_parts(page),
        figures=figures_of(page)[:3],
        stages_title=_("The stages"),
        stages=[(str(stage.get_kind_display()), localdate(stage.date)) for stage in chain.stages],
        coming=_("Still to come: %(stages)s") % {"stages": _(", ").join(chain.coming)} if chain.coming else "",
        limit=chain.limit_words,
        rule=clean_text(page.institutionalising_act),
        needs_title=_("To do it yourself"),
        needs=[(label[:1].upper() + label[1:], clean_text(text)) for label, text in page.needs],
        cite_title=_("How to cite"),
        citation=clean_text(citation_of(page, url).words),
        licence=f"{page.get_licence_display()}",
        more=_("Read more on the page of the practice"),
        url=url,
    )


def cut(text: str, most: int) -> str:
    """Return the first sentences of `text` that fit into `most` characters, with an ellipsis where something is left out.

    A first sentence that is longer is cut between two words.
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    kept = ""
    for sentence in _ENDS.split(text):
        if len(kept) + len(sentence) > most:
            break
        kept = f"{kept} {sentence}".strip()
    return f"{kept} […]" if kept else f"{text[:most].rpartition(' ')[0] or text[:most]}…"


def _facts(page: PracticePage, places: Sequence[Territory]) -> list[tuple[str, str]]:
    facts = [
        (_("Place"), _(", ").join(place.name for place in places)),
        (_("Who asked"), _(", ").join(organisation.name for organisation in page.organisations)),
        (_("Whom"), page.authority.name if page.authority else ""),
    ]
    return [(label, clean_text(value)) for label, value in facts if value]


def _parts(page: PracticePage) -> list[tuple[str, str]]:
    parts = [
        (_("The problem"), page.problem),
        (_("What was done"), page.action),
        (_("The authority’s reply"), page.reply),
        (_("The result"), page.result),
    ]
    return [(title, clean_text(plain_text(text))) for title, text in parts if text]
