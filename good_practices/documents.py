"""How a practice becomes a search document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from good_practices.enums import Outcome
from good_practices.models import PracticePage
from portal.base.languages import best_translations
from portal.base.richtext import plain_text
from portal.participation.documents import by_key, tags_by_key
from portal.vocabulary.documents import choice_labels
from search.documents import Document, Variant, register, register_facet


class PracticeSource:
    """The library's practices."""

    type = "practice"
    models = (PracticePage,)
    card_template = "good_practices/_card.html"

    def keys(self) -> Iterable[str]:
        """Return every key that may have a public document."""
        return map(str, PracticePage.objects.live().values_list("translation_key", flat=True).distinct())

    def documents(self, keys: Collection[str]) -> Iterable[Document]:
        """Return the documents of the public practices among `keys`."""
        pages = PracticePage.objects.filter(translation_key__in=keys).published()
        pages = pages.select_related("territory__parent__parent", "authority", "locale")
        pages = pages.prefetch_related("themes", "axes", "stages", "practice_organisations__organisation")
        tags = tags_by_key(keys)
        for key, translations in by_key(pages).items():
            yield _document(key, translations, tags.get(key, ()))

    def hydrate(self, keys: Collection[str], language: str) -> Mapping[str, Any]:
        """Return the practices to show for `keys` to a reader of `language`."""
        pages = PracticePage.objects.filter(translation_key__in=keys).published().for_cards()
        return best_translations(pages, language)


def _document(key: str, translations: list[PracticePage], tags: Iterable[str]) -> Document:
    page = translations[0]
    facets = {
        "theme": tuple(theme.slug for theme in page.themes.all()),
        "axis": tuple(axis.slug for axis in page.axes.all()),
        "instrument": (page.instrument,),
        "outcome": (page.outcome,),
        "region": (page.territory.region.iso_code,),
        "tag": tuple(tags),
    }
    variants = tuple(_variant(one) for one in translations)
    return Document(key=key, type="practice", variants=variants, facets=facets, date=page.filed_on)


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
    """Make practices findable, and name the values of the outcome facet."""
    register_facet("outcome", choice_labels(Outcome))
    register(PracticeSource())
