"""What is counted of practices."""

import uuid

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from good_practices.enums import Outcome
from good_practices.models import PracticeFacts
from portal.vocabulary.enums import Instrument, Level
from tests.factories.vocabulary import TerritoryFactory


class PracticeFactsFactory(DjangoModelFactory):
    """The row of a practice in `territory`, or of `page`; the province and the region follow from the place."""

    class Meta:
        model = PracticeFacts
        django_get_or_create = ("practice_key",)
        skip_postgeneration_save = True

    class Params:
        page = None

    practice_key = factory.LazyAttribute(lambda row: row.page.translation_key if row.page else uuid.uuid4())
    instrument = factory.LazyAttribute(lambda row: row.page.instrument if row.page else Instrument.PETITION)
    outcome = factory.LazyAttribute(lambda row: row.page.outcome if row.page else Outcome.ACCEPTED)
    territory = factory.LazyAttribute(lambda row: row.page.territory if row.page else TerritoryFactory())
    region = factory.LazyAttribute(lambda row: row.territory.region)
    province = factory.LazyAttribute(
        lambda row: next((one for one in row.territory.lineage if one.level in (Level.PROVINCE, Level.PREFECTURE)), None)
    )
    changed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def themes(self, create, themes, **kwargs):
        if themes:
            self.themes.set(themes)
