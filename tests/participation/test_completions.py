"""Tags, organisations and places are suggested; what moderators hid is not."""

from urllib.parse import quote

import pytest
from django.utils import timezone

from portal.participation.completions import tags
from portal.people.completions import organisations
from portal.vocabulary.completions import places
from tests.factories import OrganisationFactory, PracticePageFactory, RegionFactory, TaggingFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def texts(found):
    return [one.text for one in found]


def test_visible_tags_once_each(portal_site):
    page = PracticePageFactory(parent=portal_site.libraries["ar"])
    shown, hidden = (TaggingFactory(page=page, name=name) for name in ("Éclairage", "Écoles"))
    hidden.hidden_at = timezone.now()
    hidden.save()

    (found,) = tags("ecl", "fr", 3)
    assert (found.text, found.url) == ("Éclairage", f"/ar/search/?tag={quote(shown.tag.slug)}")
    assert texts(tags("eco", "fr", 3)) == []
    assert texts(tags("e", "fr", 3)) == []


def test_organisations_in_the_readers_language():
    OrganisationFactory(name_ar="جمعية الأمل", name_fr="Association Espoir")

    assert texts(organisations("espo", "fr", 3)) == ["Association Espoir"]
    assert texts(organisations("امل", "ar", 3)) == ["جمعية الأمل"]


def test_places_but_regions_provinces_first_and_new_ones_too():
    region = RegionFactory(name_fr="Souss-Massa")
    commune = TerritoryFactory(name_fr="Soussane", parent__parent=region, parent__name_fr="Souss-Province")

    assert texts(places("sous", "fr", 5)) == ["Souss-Province", "Soussane"]
    TerritoryFactory(name_fr="Soussette", parent=commune.parent)
    assert texts(places("sous", "fr", 2)) == ["Souss-Province", "Soussane"]
    assert "Soussette" in texts(places("souss", "fr", 5))
