"""People are known by their e-mail address, in whatever case it is written."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from portal.people.models import User
from tests.factories import PASSWORD, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_small_letters():
    assert User.objects.create_user("Aicha@Example.ORG", display_name="Aïcha").email == "aicha@example.org"


def test_the_same_address_in_another_case_is_refused():
    UserFactory(email="aicha@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create_user("AICHA@example.org")


def test_the_database_itself_refuses_another_case():
    UserFactory(email="aicha@example.org")
    with pytest.raises(IntegrityError):
        User(email="Aicha@example.org").save()


def test_validation_names_the_duplicate_before_the_database_does():
    UserFactory(email="aicha@example.org")
    with pytest.raises(ValidationError):
        User(email="Aicha@Example.org", display_name="A", password="x").full_clean()


@pytest.mark.parametrize("written", ["aicha@example.org", "Aicha@Example.org", "AICHA@EXAMPLE.ORG"])
def test_people_are_found_in_any_case(written):
    person = UserFactory(email="aicha@example.org")
    assert User.objects.get_by_natural_key(written) == person


@pytest.mark.parametrize("email", ["", None])
def test_nobody_is_without_address(email):
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user(email)


def test_a_wrong_password_opens_nothing(rf):
    UserFactory(email="aicha@example.org")
    request = rf.post("/")
    assert authenticate(request, email="aicha@example.org", password=PASSWORD) is not None
    assert authenticate(request, email="aicha@example.org", password=PASSWORD.upper()) is None


def test_others_see_the_name_and_never_the_address():
    person = UserFactory(display_name="عائشة")
    assert [str(person), person.get_full_name(), person.get_short_name()] == ["عائشة"] * 3


def test_a_superuser_may_do_everything():
    boss = User.objects.create_superuser("boss@example.org", PASSWORD)
    assert (boss.is_staff, boss.is_superuser) == (True, True)


def test_an_organisation_without_english_name_shows_the_french():
    assert OrganisationFactory(name_ar="جمعية الماء", name_fr="Eau").name_in("en") == "Eau"
