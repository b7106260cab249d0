"""How a practice becomes a search document."""

from __future__ import annotations

from collections.abc import Sequence

from wagtail.query import PageQuerySet

from good_practices.enums import Outcome
from good_practices.models import PracticePage
from portal.base.richtext import plain_text
from portal.participation.documents import TaggedPageSource
from portal.people.documents import organisation_labels
from portal.vocabulary.documents import choice_labels
from search.documents import Document, Variant, register, register_facet


class PracticeSource(TaggedPageSource):
    """The library's practices."""

    type = "practice"
    model = PracticePage
    card_template = "good_practices/_card.html"

    def public(self) -> PageQuerySet:
        """Return the public practices with all that is indexed of them."""
        pages = super().public().select_related("locale", "territory__parent__parent", "authority")
        return pages.prefetch_related("themes", "axes", "stages", "practice_organisations__organisation")

    def cards(self) -> PageQuerySet:
        """Return the public practices with what a card shows."""
        return PracticePage.objects.published().for_cards()

    def document(self, key: str, translations: Sequence[PracticePage], tags: Sequence[str]) -> Document:
        """Return the document of a practice in all its public languages."""
        page = translations[0]
        facets = {
            "theme": tuple(theme.slug for theme in page.themes.all()),
            "axis": tuple(axis.slug for axis in page.axes.all()),
            "instrument": (page.instrument,),
            "outcome": (page.outcome,),
            "region": (page.territory.region.iso_code,),
            "province": tuple(place.iso_code for place in page.territory.lineage[:-1] if place.iso_code),
            "organisation": tuple(organisation.slug for organisation in page.organisations),
            "authority": (page.authority.slug,) if page.authority else (),
            "tag": tuple(tags),
        }
        variants = tuple(map(_variant, translations))
        return Document(key=key, type=self.type, variants=variants, facets=facets, date=page.filed_on)


def _variant(page: PracticePage) -> Variant:
    language = page.locale.language_code
    rich = (page.problem, page.action, page.reply, page.result, page.lessons)
    named = [*page.territory.lineage, *page.organisations, *page.themes.all(), *([page.authority] if page.authority else ())]
    parts = [
        *map(plain_text, rich),
        *(stage.note for stage in page.stages.all()),
        *(text for _label, text in page.needs),
        *(thing.name_in(language) for thing in named),
    ]
    return Variant(language=language, title=page.title, summary=page.summary, body="\n".join(filter(None, parts)))


def register_documents() -> None:
    """Make practices findable, and name the outcomes and the authorities by which they are narrowed."""
    register_facet("outcome", choice_labels(Outcome))
    register_facet("authority", organisation_labels)
    register(PracticeSource())
