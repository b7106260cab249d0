"""What stands around the illustrative practices: collections, spaces of consultation, commitments, assessments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from good_practices.models import (
    Assessment,
    CollectionPage,
    CollectionPractice,
    Commitment,
    ConsultationSpace,
    LibraryPage,
    PracticePage,
)
from portal.home.loading.files import Text, paragraphs, practice_key, read, texts
from portal.home.loading.pages import Loader
from portal.participation.models import Endorsement, Subject
from portal.people.domain import council_of
from portal.people.models import Organisation
from portal.vocabulary.models import Territory


def load_spaces(loader: Loader) -> None:
    """Make the spaces of `content/spaces.toml`, before the practices that came of them."""
    if "spaces.toml" in loader.loaded:
        return
    for record in read("spaces.toml")["spaces"]:
        place = Territory.objects.get(code=record.pop("territory"))
        ConsultationSpace.objects.create(territory=place, authority=council_of(place), illustrative=True, **record)
    loader.remember("spaces.toml")


def load_around_practices(loader: Loader, libraries: Mapping[str, LibraryPage]) -> None:
    """Publish the collections, and make the commitments, assessments and endorsements, that were never loaded."""
    for text in loader.new(texts("collections")):
        loader.publish(_collection(text), libraries[text.language], text)
    if "commitments.toml" not in loader.loaded:
        for record in read("commitments.toml")["commitments"]:
            _commitment(record).save()
        loader.remember("commitments.toml")
    if "assessments.toml" not in loader.loaded:
        for record in read("assessments.toml")["assessments"]:
            _assessment(record).save()
        loader.remember("assessments.toml")
    if "endorsements.toml" not in loader.loaded:
        for record in read("endorsements.toml")["endorsements"]:
            _endorsement(record).save()
        loader.remember("endorsements.toml")


def _collection(text: Text) -> CollectionPage:
    words, keys = text.text, [practice_key(slug) for slug in text.record["practices"]]
    pages = PracticePage.objects.filter(locale__language_code=text.language, translation_key__in=keys)
    by_key = {page.translation_key: page for page in pages}
    rows = [
        CollectionPractice(practice=by_key[key], reason=reason, sort_order=order, translation_key=text.key(f"practice {order}"))
        for order, (key, reason) in enumerate(zip(keys, words["reasons"], strict=True))
        if key in by_key
    ]
    collection = CollectionPage(
        title=words["title"],
        summary=words["summary"],
        introduction=paragraphs(words["introduction"]),
        illustrative=True,
    )
    collection.practices.set(rows)
    return collection


def _commitment(record: dict[str, Any]) -> Commitment:
    slug, code = record.pop("organisation", ""), record.pop("council", "")
    promiser = Organisation.objects.get(slug=slug) if slug else council_of(Territory.objects.get(code=code))
    place, key = Territory.objects.get(code=record.pop("territory")), practice_key(record.pop("practice"))
    return Commitment(organisation=promiser, territory=place, practice_key=key, illustrative=True, **record)


def _assessment(record: dict[str, Any]) -> Assessment:
    slug, key = record.pop("organisation", ""), practice_key(record.pop("practice"))
    organisation = Organisation.objects.get(slug=slug) if slug else None
    return Assessment(practice_key=key, organisation=organisation, public=True, illustrative=True, **record)


def _endorsement(record: dict[str, Any]) -> Endorsement:
    organisation = Organisation.objects.get(slug=record.pop("organisation"))
    subject = Subject.of(practice_key(record.pop("practice")))
    return Endorsement(subject=subject, organisation=organisation, illustrative=True, **record)
