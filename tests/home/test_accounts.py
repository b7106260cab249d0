"""Accounts to try each role with: on a machine of one's own only, with passwords that nobody else knows."""

import stat

import pytest
from django.core.management import call_command

from portal.home.loading.accounts import accounts_file, make_demonstration_accounts
from portal.people.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


def rows():
    return [line.split() for line in accounts_file().read_text().splitlines()]


def test_there_is_one_account_for_each_role():
    make_demonstration_accounts()
    groups = {person.email: [group.name for group in person.groups.all()] for person in User.objects.all()}
    assert groups == {f"{role}@example.org": [role] for role in ("facilitator", "moderator", "participant")}


def test_each_signs_in_with_the_password_that_is_kept(client, portal_site):
    make_demonstration_accounts()
    for role, email, password in rows():
        client.logout()
        client.post("/fr/account/login/", {"login": email, "password": password})
        assert client.session["_auth_user_id"] == str(User.objects.get(email=email).pk), role


def test_passwords_are_long_and_each_time_others():
    make_demonstration_accounts()
    first = {password for _role, _email, password in rows()}
    User.objects.all().delete()
    make_demonstration_accounts()
    second = {password for _role, _email, password in rows()}
    assert len(first | second) == 6
    assert all(len(password) >= 16 for password in first)


def test_the_file_is_for_its_owner_only():
    make_demonstration_accounts()
    assert stat.S_IMODE(accounts_file().stat().st_mode) == 0o600


def test_the_file_is_for_its_owner_only_even_where_there_was_another():
    accounts_file().parent.mkdir(parents=True)
    accounts_file().write_text("old")
    accounts_file().chmod(0o644)
    make_demonstration_accounts()
    assert stat.S_IMODE(accounts_file().stat().st_mode) == 0o600


def test_no_account_is_made_where_there_are_people():
    UserFactory()
    make_demonstration_accounts()
    assert User.objects.count() == 1
    assert not accounts_file().exists()


@pytest.mark.parametrize(("allowed", "number"), [(True, 3), (False, 0)])
def test_the_command_makes_them_only_where_the_settings_say_so(settings, allowed, number, monkeypatch):
    settings.DEMONSTRATION_ACCOUNTS = allowed
    for step in ("_load_homes", "_load_standard_pages", "_load_figures", "load_speakers", "load_sessions", "load_practices"):
        monkeypatch.setattr(f"portal.home.loading.site.{step}", lambda *args: {})
    for step in ("load_spaces", "load_around_practices"):
        monkeypatch.setattr(f"portal.home.loading.site.{step}", lambda *args: {})
    monkeypatch.setattr("portal.home.loading.site._load_singles", lambda *args: {})
    monkeypatch.setattr("portal.home.loading.site.load_vocabulary", lambda: None)
    call_command("load_content", verbosity=0)
    assert User.objects.count() == number
