"""Directions, fallbacks and addresses in the three languages."""

import pytest
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from portal.base.languages import best_per_key, direction, in_language, language_codes, page_translations, preference
from portal.vocabulary.models import Theme
from tests.factories import PracticePageFactory, StandardPageFactory


def test_arabic_is_the_first_language():
    assert language_codes() == ("ar", "fr", "en")


@pytest.mark.parametrize(("language", "expected"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_direction(language, expected):
    assert direction(language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", ("ar", "fr", "en")),
        ("fr", ("fr", "ar", "en")),
        ("en", ("en", "fr", "ar")),
        ("ja", ("ar", "fr", "en")),
        (None, ("ar", "fr", "en")),
    ],
)
def test_a_reader_is_served_in_their_own_language_first(language, expected):
    assert preference(language) == expected


@pytest.mark.parametrize(("language", "expected"), [("fr", "Mot"), ("en", "Mot"), ("ar", "كلمة"), ("xx", "كلمة")])
def test_a_missing_name_falls_back_to_the_first_that_is_filled_in(language, expected):
    theme = Theme(name_ar="كلمة", name_fr="Mot", name_en="")
    assert in_language(theme, "name", language) == expected


def test_a_name_in_no_language_is_empty():
    assert in_language(Theme(), "name", "fr") == ""


def test_a_name_follows_the_active_language():
    theme = Theme(name_ar="كلمة", name_fr="Mot")
    with override("fr"):
        assert str(theme) == "Mot"


def urls(page):
    return {one.language: one.page_url for one in page_translations(page)}


def test_page_translations_are_the_published_addresses(portal_site):
    arabic = StandardPageFactory(parent=portal_site.homes["ar"], slug="about")
    StandardPageFactory(parent=portal_site.homes["fr"], slug="a-propos", translation_of=arabic)
    assert urls(arabic) == {"ar": "/ar/about/", "fr": "/fr/a-propos/", "en": None}


def test_page_translations_name_each_language_in_its_own_words(portal_site):
    found = page_translations(portal_site.homes["fr"])
    assert [(one.name, one.direction, one.current) for one in found] == [
        ("العربيّة", "rtl", False),
        ("français", "ltr", True),
        ("English", "ltr", False),
    ]


def test_an_unpublished_translation_has_no_address(portal_site):
    arabic = StandardPageFactory(parent=portal_site.homes["ar"])
    StandardPageFactory(parent=portal_site.homes["fr"], translation_of=arabic, live=False)
    assert urls(arabic)["fr"] is None


def test_a_private_translation_has_no_address(portal_site):
    arabic = StandardPageFactory(parent=portal_site.homes["ar"])
    french = StandardPageFactory(parent=portal_site.homes["fr"], translation_of=arabic)
    PageViewRestriction.objects.create(page=french, restriction_type=PageViewRestriction.LOGIN)
    assert urls(arabic)["fr"] is None


def test_page_translations_cost_two_queries(portal_site, django_assert_num_queries):
    urls(portal_site.homes["ar"])  # the locales and the roots of the site are remembered
    with django_assert_num_queries(2):  # restrictions and pages
        assert len(urls(portal_site.homes["fr"])) == 3


@pytest.mark.parametrize(("language", "expected"), [("fr", "fr"), ("en", "fr"), ("ar", "ar")])
def test_best_per_key_takes_the_reader_s_language_else_the_next_best(portal_site, language, expected):
    arabic = PracticePageFactory(parent=portal_site.libraries["ar"])
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=arabic)
    best = best_per_key([french, arabic], language)
    assert best == {str(arabic.translation_key): {"ar": arabic, "fr": french}[expected]}
