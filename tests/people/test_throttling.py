"""How many of ten thousand attempts pass, with the real limits."""

import time
from unittest import mock

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage
from django.core import mail
from django.test import Client, RequestFactory, override_settings

from tests.factories import PASSWORD, UserFactory

MANY = 10_000
LOGIN = "/ar/account/login/"


def refused_with(client, **words):
    return client.post(LOGIN, {"login": "aicha@example.org", "password": "wrong-password", **words})


def passed(address_of, email_of, seconds=0.0, attempts=1000):
    """Return how many attempts, spread over so many seconds, are let through to the password."""
    count = 0
    start = time.time()
    request = RequestFactory().post(LOGIN)
    request.user, request._messages = AnonymousUser(), mock.Mock(spec=BaseStorage)
    with (
        context.request_context(request),
        mock.patch("allauth.core.internal.ratelimit.time.time") as clock,
        mock.patch("portal.people.adapters.respond_429"),
    ):
        for number in range(attempts):
            clock.return_value = start + seconds * number / attempts
            request.META["REMOTE_ADDR"] = address_of(number)
            try:
                get_adapter().pre_authenticate(request, email=email_of(number))
            except ImmediateHttpResponse:
                continue
            count += 1
    return count


def many_addresses(number):
    return f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"


def test_of_ten_thousand_guesses_at_one_account_from_everywhere_five_pass(db):
    assert passed(many_addresses, lambda number: "aicha@example.org", attempts=MANY) == 5


def test_of_a_thousand_guesses_at_everybody_from_one_place_twenty_pass(db):
    assert passed(lambda number: "10.0.0.1", lambda number: f"person{number}@example.org") == 20


def test_who_changes_the_address_within_a_network_of_their_own_is_one(db):
    assert passed(lambda number: f"2001:db8::{number:x}", lambda number: f"person{number}@example.org") == 20


def test_in_an_hour_an_account_is_guessed_at_fifty_times_at_most(db):
    assert passed(many_addresses, lambda number: "aicha@example.org", seconds=3600) == 50


def test_the_sixth_wrong_password_is_answered_by_a_page_that_says_what_to_do(portal_site, client):
    UserFactory(email="aicha@example.org")
    assert [refused_with(client).status_code for _attempt in range(7)] == [200] * 5 + [429] * 2
    response = refused_with(client, password=PASSWORD)
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 429
    assert (html.html["lang"], html.html["dir"]) == ("ar", "rtl")
    assert html.main.find("a", href="/ar/account/login/code/")
    assert "_auth_user_id" not in client.session


def test_the_owner_still_comes_in_by_a_code(portal_site):
    person = UserFactory(email="aicha@example.org")
    for _attempt in range(6):
        refused_with(Client(REMOTE_ADDR="10.0.0.1"))
    client = Client(REMOTE_ADDR="10.0.0.2")
    client.post("/ar/account/login/code/", {"email": person.email})
    code = next(line for line in mail.outbox[-1].body.splitlines() if line[:4].isdecimal())
    client.post("/ar/account/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_right_passwords_are_not_counted(portal_site, client):
    UserFactory(email="aicha@example.org")
    for _attempt in range(12):
        assert refused_with(client, password=PASSWORD).status_code == 302
        client.post("/ar/account/logout/")


@pytest.mark.parametrize("path", ["login/code/", "password/reset/"])
def test_nobody_s_mailbox_is_filled(portal_site, path):
    UserFactory(email="aicha@example.org")
    for number in range(30):
        client = Client(REMOTE_ADDR=many_addresses(number))
        client.post(f"/ar/account/{path}", {"email": "aicha@example.org"})
    assert len(mail.outbox) == 3


def test_a_sign_up_again_and_again_does_not_fill_the_mailbox_of_its_owner(portal_site):
    words = {"display_name": "x", "email": "aicha@example.org", "password1": PASSWORD}
    answers = [Client(REMOTE_ADDR=many_addresses(number)).post("/ar/account/signup/", words).status_code for number in range(5)]
    assert answers == [302, 429, 429, 429, 429]
    assert len(mail.outbox) == 1


def test_what_a_stranger_says_of_their_address_does_not_count(portal_site, client):
    for number in range(21):
        words = {"login": f"person{number}@example.org", "password": "x"}
        response = client.post(LOGIN, words, headers={"x-forwarded-for": f"10.0.0.{number}"})
    assert response.status_code == 429


def test_two_processes_count_together(portal_site, tmp_path):
    """Each has its own connection to the one file; here the second opens it after the first has counted."""
    place = {"BACKEND": "portal.base.file_cache.FileCache", "LOCATION": str(tmp_path / "cache.sqlite3")}
    answers = []
    for _process in range(2):
        with override_settings(CACHES={"default": place, "files": place}):
            answers += [refused_with(Client()).status_code for _attempt in range(4)]
    assert answers == [200] * 5 + [429] * 3
