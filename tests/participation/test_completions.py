"""Tags and places are suggested; what moderators hid is not."""

from urllib.parse import quote

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.participation.completions import tags
from portal.vocabulary.completions import places
from tests.factories import PracticePageFactory, RegionFactory, TaggingFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def texts(found):
    return [one.text for one in found]


def test_visible_tags_once_each(portal_site):
    page = PracticePageFactory(parent=portal_site.libraries["ar"])
    shown, hidden = (TaggingFactory(page=page, name=name) for name in ("Éclairage", "Écoles"))
    hidden.hidden_at = timezone.now()
    hidden.save()

    (found,) = tags("ecl", "fr", 3)
    assert (found.text, found.url) == ("Éclairage", f"/ar/tags/{quote(shown.tag.slug)}/")
    assert texts(tags("eco", "fr", 3)) == []
    assert texts(tags("e", "fr", 3)) == []


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "restrict_above", "delete"])
def test_a_tag_that_only_what_is_not_public_bears_is_not_suggested(portal_site, hide):
    library = portal_site.libraries["ar"]
    page, other = PracticePageFactory(parent=library), PracticePageFactory(parent=portal_site.libraries["fr"])
    for bearer, name in ((page, "Secret"), (page, "Seconde"), (other, "Seconde")):
        TaggingFactory(page=bearer, name=name)
    assert texts(tags("sec", "fr", 3)) == ["Seconde", "Secret"]

    if hide.startswith("restrict"):
        place = library if hide == "restrict_above" else page
        PageViewRestriction.objects.create(page=place, restriction_type=PageViewRestriction.LOGIN)
    else:
        getattr(page, hide)()

    assert texts(tags("sec", "fr", 3)) == ["Seconde"]


def test_a_tag_stays_suggested_while_some_language_of_its_page_is_public(portal_site):
    page = PracticePageFactory(parent=portal_site.libraries["ar"])
    PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=page)
    TaggingFactory(page=page, name="Secret")

    page.unpublish()

    assert texts(tags("sec", "fr", 3)) == ["Secret"]


def test_tags_cost_the_same_however_many(portal_site, django_assert_num_queries):
    for number in range(9):
        TaggingFactory(page=PracticePageFactory(parent=portal_site.libraries["ar"]), name=f"Secret {number}")

    with django_assert_num_queries(2):  # view restrictions, tags
        assert len(list(tags("sec", "fr", 3))) == 3


def test_places_but_regions_provinces_first_and_new_ones_too():
    region = RegionFactory(name_fr="Souss-Massa")
    commune = TerritoryFactory(name_fr="Soussane", parent__parent=region, parent__name_fr="Souss-Province")

    assert texts(places("sous", "fr", 5)) == ["Souss-Province", "Soussane"]
    TerritoryFactory(name_fr="Soussette", parent=commune.parent)
    assert texts(places("sous", "fr", 2)) == ["Souss-Province", "Soussane"]
    assert "Soussette" in texts(places("souss", "fr", 5))
