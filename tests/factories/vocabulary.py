"""The words that practices and sessions share."""

import factory
from factory.django import DjangoModelFactory

from portal.vocabulary.enums import Level
from portal.vocabulary.models import Axis, Territory, Theme


class TermFactory(DjangoModelFactory):
    slug = factory.Sequence(lambda number: f"term-{number}")
    name_ar = factory.LazyAttribute(lambda term: f"كلمة {term.slug}")
    name_fr = factory.LazyAttribute(lambda term: f"mot {term.slug}")
    name_en = factory.LazyAttribute(lambda term: f"word {term.slug}")

    class Meta:
        abstract = True
        django_get_or_create = ("slug",)


class ThemeFactory(TermFactory):
    class Meta:
        model = Theme


class AxisFactory(TermFactory):
    class Meta:
        model = Axis


class TerritoryFactory(DjangoModelFactory):
    """A commune of a province of a region, unless `level` and `parent` say otherwise."""

    code = factory.Sequence(lambda number: f"99.{number:03}")
    level = Level.COMMUNE
    parent = factory.SubFactory("tests.factories.vocabulary.ProvinceFactory")
    name_ar = factory.LazyAttribute(lambda place: f"مكان {place.code}")
    name_fr = factory.LazyAttribute(lambda place: f"Lieu {place.code}")

    class Meta:
        model = Territory
        django_get_or_create = ("code",)


class RegionFactory(TerritoryFactory):
    code = "99"
    level = Level.REGION
    iso_code = "MA-99"
    parent = None
    name_ar = "جهة التجربة"
    name_fr = "Région d’essai"
    name_en = "Region of trial"


class ProvinceFactory(TerritoryFactory):
    code = "99.P"
    level = Level.PROVINCE
    parent = factory.SubFactory(RegionFactory)
    name_ar = "إقليم التجربة"
    name_fr = "Province d’essai"
