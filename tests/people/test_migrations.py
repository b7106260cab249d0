"""What migrations do to people who are here already."""

import importlib

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps

from portal.people.models import User
from tests.factories import PASSWORD

confirm_addresses = importlib.import_module("portal.people.migrations.0005_confirm_addresses").confirm_addresses


def person(email):
    return User.objects.create_user(email, PASSWORD, display_name="x")


def rows():
    return list(EmailAddress.objects.order_by("user").values_list("user", "email", "verified", "primary"))


def test_whoever_had_an_account_goes_on_signing_in(portal_site, client):
    without, unconfirmed, with_two = person("one@example.org"), person("two@example.org"), person("three@example.org")
    EmailAddress.objects.create(user=unconfirmed, email="two@example.org", primary=True)
    EmailAddress.objects.create(user=with_two, email="old@example.org", primary=True, verified=True)
    EmailAddress.objects.create(user=with_two, email="three@example.org")
    confirm_addresses(apps, None)
    expected = [(one.pk, one.email, True, True) for one in (without, unconfirmed, with_two)]
    assert rows() == expected
    confirm_addresses(apps, None)
    assert rows() == expected
    client.post("/ar/account/login/", {"login": "one@example.org", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(without.pk)


@pytest.mark.django_db
def test_an_address_that_somebody_else_has_confirmed_stays_theirs():
    first, second = person("one@example.org"), person("two@example.org")
    EmailAddress.objects.create(user=first, email="two@example.org", verified=True)
    EmailAddress.objects.create(user=second, email="other@example.org", verified=True, primary=True)
    confirm_addresses(apps, None)
    assert not EmailAddress.objects.filter(user=second, email="two@example.org").exists()
    assert EmailAddress.objects.get(user=second).email == "other@example.org"
