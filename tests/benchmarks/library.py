"""A library of many practices, written in bulk: `python -m tests.benchmarks.library NUMBER FILE`, on the folder of `VAR_DIR`.

Texts are recombined from the shared corpora, languages by turns. There are no revisions, and no signal is sent: both search
indices are rebuilt afterwards. Writes questions of two to four words into FILE: a JSON object, kind -> parts of addresses
that ask them.
"""

import json
import random
import sys
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

from search.analysis import tokenise
from search.documents import Variant
from tests.benchmarks import corpus

SEED = 20_201_123
QUESTIONS = 200
"""Of each kind."""
LEAST, MOST = 2, 4
"""Words of a question."""
ROWS = 500
LANGUAGES = ("ar", "fr", "en")
SUMMARY = 200


def fill(number: int, translated: bool = False) -> list[Variant]:
    """Write so many practices below the three libraries, by turns or, `translated`, each in all of them; return their texts."""
    from django.db import transaction

    from good_practices.models import LibraryPage

    choice = random.Random(SEED)
    paragraphs = corpus.passages()
    texts: list[Variant] = []
    with transaction.atomic():
        for library in LibraryPage.objects.select_related("locale").order_by("pk"):
            language = library.locale.language_code
            share = number if translated else number // len(LANGUAGES)
            known = random.Random(SEED if translated else library.pk)
            made = [corpus.variant(language, paragraphs[language], choice) for _ in range(share)]
            for start in range(0, share, ROWS):
                _write(library, library.numchild + start, made[start : start + ROWS], known)
            LibraryPage.objects.filter(pk=library.pk).update(numchild=library.numchild + share)
            texts += made
    return texts


def _write(library: Any, after: int, texts: Sequence[Variant], choice: random.Random) -> None:
    """Write practices below a library that has `after` children: `bulk_create` refuses models of several tables."""
    from good_practices.models import PracticePage, PracticeStage
    from portal.vocabulary.models import Axis, Theme

    practices = list(_practices(library, after, texts, choice))
    pages = type(library).page_ptr.field.related_model.objects.bulk_create([_page(practice) for practice in practices])
    for practice, page in zip(practices, pages, strict=True):
        practice.pk = practice.page_ptr_id = page.pk
    PracticePage.objects.all()._insert(practices, fields=PracticePage._meta.local_concrete_fields, using="default")
    for name, terms in (("themes", list(Theme.objects.all())), ("axes", list(Axis.objects.all()))):
        through = getattr(PracticePage, name).through
        (column,) = (field.attname for field in through._meta.fields if field.related_model in (Theme, Axis))
        through.objects.bulk_create(
            through(**{"practicepage_id": practice.pk, column: term.pk})
            for practice in practices
            for term in choice.sample(terms, choice.randint(1, 2))
        )
    PracticeStage.objects.bulk_create(_stage(practice, library, choice) for practice in practices)


def _practices(library: Any, after: int, texts: Sequence[Variant], choice: random.Random) -> Iterator[Any]:
    from django.contrib.contenttypes.models import ContentType

    from good_practices.enums import Outcome
    from good_practices.models import PracticePage
    from portal.vocabulary.enums import Instrument, Level
    from portal.vocabulary.models import Territory

    type_ = ContentType.objects.get_for_model(PracticePage)
    places = list(Territory.objects.filter(level=Level.COMMUNE).values_list("pk", flat=True))
    for place, text in enumerate(texts, after + 1):
        slug = f"benchmark-{place}"
        yield PracticePage(
            path=PracticePage._get_path(library.path, library.depth + 1, place + 100),
            depth=library.depth + 1,
            title=text.title,
            draft_title=text.title,
            slug=slug,
            url_path=f"{library.url_path}{slug}/",
            content_type=type_,
            locale=library.locale,
            translation_key=uuid.UUID(int=choice.getrandbits(128)),
            live=True,
            first_published_at=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=choice.randrange(10_000)),
            summary=text.body[:SUMMARY],
            problem=f"<p>{text.body[SUMMARY:]}</p>",
            instrument=choice.choice(Instrument.values),
            outcome=choice.choice(Outcome.values),
            territory_id=choice.choice(places),
            illustrative=True,
        )


def _page(practice: Any) -> Any:
    """Return the part of a practice that all pages have."""
    from wagtail.models import Page

    return Page(
        **{field.attname: getattr(practice, field.attname) for field in Page._meta.concrete_fields if not field.primary_key}
    )


def _stage(practice: Any, library: Any, choice: random.Random) -> Any:
    from good_practices.enums import StageKind
    from good_practices.models import PracticeStage

    day = date(2015, 1, 1) + timedelta(days=choice.randrange(2_000))
    return PracticeStage(page_id=practice.pk, kind=StageKind.FILED, date=day, locale=library.locale, sort_order=0)


def questions(texts: Sequence[Variant]) -> dict[str, list[tuple[str, str]]]:
    """Return kind -> (question, language): what stands in a page, the same without stop words, what the portal is about."""
    from search.glossary import shipped

    choice = random.Random(SEED)
    chosen = [choice.choice(texts) for _ in range(QUESTIONS)]
    expressions = [
        (text, language)
        for terms in shipped().values()
        for language, found in terms.items()
        for text in found
        if LEAST <= len(text.split()) <= MOST
    ]
    return {
        "words of a page": [(_run(text, False, choice), text.language) for text in chosen],
        "without stop words": [(_run(text, True, choice), text.language) for text in chosen],
        "terms of the portal": choice.choices(expressions, k=QUESTIONS),
    }


def _run(text: Variant, telling: bool, choice: random.Random) -> str:
    """Return words that follow each other in a text, as they are written there; only `telling` ones: no stop words."""
    words = [text.body[token.start : token.end] for token in tokenise(text.body, text.language) if token.stem or not telling]
    start = choice.randrange(max(1, len(words) - MOST))
    return " ".join(words[start : start + choice.randint(LEAST, MOST)])


def main(number: int, file: Path) -> None:
    """Fill the library, index it for both searches, and write the questions."""
    django.setup()
    from django.core.management import call_command

    texts = fill(number)
    call_command("wagtail_update_index", verbosity=0)
    call_command("search_rebuild", verbosity=0)
    asked = {
        kind: [urlencode({"q": text, "lang": language}) for text, language in found] for kind, found in questions(texts).items()
    }
    file.write_text(json.dumps(asked), encoding="ascii")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
