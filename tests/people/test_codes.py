"""Codes by e-mail: to confirm an address, to sign in, to choose a new password. Wrong, old, used or foreign, they do nothing."""

import re
import time
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from portal.people.forms.codes import plain_digits
from portal.people.models import User
from tests.factories import PASSWORD, UserFactory

WORDS = {"display_name": "عائشة", "email": "aicha@example.org", "password1": PASSWORD}
CONFIRM = "/ar/account/confirm-email/"
SIGN_IN = "/ar/account/login/code/confirm/"


@pytest.fixture
def person(portal_site):
    return UserFactory(email="aicha@example.org", language="ar")


def code_of(letter):
    return re.search(r"^\d{4}-\d{4}$", letter.body, re.MULTILINE)[0]


def latest():
    return code_of(mail.outbox[-1])


def wrong(code):
    return "0000-0001" if code == "0000-0000" else "0000-0000"


def is_signed_in(client):
    return "_auth_user_id" in client.session


def ask(client, email="aicha@example.org", **more):
    return client.post("/ar/account/login/code/", {"email": email, **more})


def test_a_sign_up_is_finished_by_the_code_and_nobody_is_in_before(portal_site, client):
    assert client.post("/ar/account/signup/", {**WORDS, "next": "/ar/practices/"}).url == CONFIRM
    assert not is_signed_in(client)
    assert client.post(CONFIRM, {"code": wrong(latest())}).status_code == 200
    assert not is_signed_in(client)
    assert client.post(CONFIRM, {"code": latest()}).url == "/ar/practices/"
    assert is_signed_in(client)
    assert EmailAddress.objects.get().verified


def test_the_link_of_the_letter_fills_in_the_code_and_does_nothing_by_itself(portal_site, client):
    client.post("/ar/account/signup/", WORDS)
    link = re.search(r"http://testserver(\S+code=\S+)", mail.outbox[-1].body)[1]
    field = BeautifulSoup(client.get(link).content, "html.parser").find("input", {"name": "code"})
    assert field["value"] == latest()
    assert not is_signed_in(client)
    assert not EmailAddress.objects.get().verified


def test_the_link_is_worth_nothing_in_another_browser(person, client):
    ask(client)
    link = re.search(r"http://testserver(\S+code=\S+)", mail.outbox[-1].body)[1]
    other = Client()
    assert other.get(link).url == "/ar/account/login/code/"
    assert other.post(SIGN_IN, {"code": latest()}).url == "/ar/account/login/code/"
    assert not is_signed_in(other)


@pytest.mark.parametrize("path", ["signup/", "login/code/", "password/reset/"])
def test_a_known_and_an_unknown_address_are_answered_alike(portal_site, path):
    UserFactory(email="known@example.org")
    answers = []
    for address in ("known@example.org", "nobody@example.org"):
        client = Client()
        response = client.post(f"/ar/account/{path}", {**WORDS, "email": address}, follow=True)
        text = BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)
        answers.append((response.redirect_chain, text.replace(address, "…")))
        assert mail.outbox[-1].to == [address]
    assert answers[0] == answers[1]


def test_whoever_owns_the_address_is_told_that_somebody_tried(portal_site, client):
    UserFactory(email="aicha@example.org", language="fr")
    client.post("/ar/account/signup/", WORDS)
    assert mail.outbox[-1].extra_headers["Content-Language"] == "fr"
    assert "/account/password/reset/" in mail.outbox[-1].body
    assert User.objects.count() == 1


@pytest.mark.parametrize("written", ["{0}", "  {0} ", "{1}", "{2}", "{3}"])
def test_people_sign_in_with_the_code_in_the_digits_of_their_keyboard(person, client, written):
    ask(client, next="/ar/practices/")
    code = latest()
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    forms = (code, code.replace("-", ""), arabic, f"\u202a{code.replace('-', ' ')}\u202c")
    assert client.post(f"{SIGN_IN}?next=/ar/practices/", {"code": written.format(*forms)}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_digits_of_any_script_are_the_same_code():
    assert plain_digits("۱۲٣٤-५६７８") == "12345678"
    assert plain_digits("\x00²½\u202e") == "²½"


@pytest.mark.parametrize(
    "hostile", ["", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "9" * 100_000, "١" * 8]
)
def test_a_hostile_code_is_a_wrong_one(person, client, hostile):
    ask(client)
    response = client.post(SIGN_IN, {"code": hostile})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not is_signed_in(client)


def test_a_code_is_good_once(person, client):
    ask(client)
    code = latest()
    client.post(SIGN_IN, {"code": code})
    client.post("/ar/account/logout/")
    assert client.post(SIGN_IN, {"code": code}).url == "/ar/account/login/code/"
    ask(client)
    if latest() != code:
        assert client.post(SIGN_IN, {"code": code}).status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize(("minutes", "works"), [(14, True), (16, False)])
def test_a_code_grows_old(person, client, minutes, works):
    ask(client)
    with mock.patch("time.time", return_value=time.time() + minutes * 60):
        client.post(SIGN_IN, {"code": latest()})
    assert is_signed_in(client) is works


def test_after_three_wrong_codes_the_right_one_is_too_late(person, client):
    ask(client)
    right = latest()
    for _attempt in range(3):
        client.post(SIGN_IN, {"code": wrong(right)})
    client.post(SIGN_IN, {"code": right})
    assert not is_signed_in(client)


def test_a_new_password_is_chosen_with_a_code_and_its_owner_is_told(person, client):
    client.post("/ar/account/password/reset/", {"email": person.email})
    client.post("/ar/account/password/reset/confirm/", {"code": latest()})
    new = {"password1": "jasmin-de-minuit-21", "password2": "jasmin-de-minuit-21"}
    client.post("/ar/account/password/reset/complete/", new)
    person.refresh_from_db()
    assert person.check_password("jasmin-de-minuit-21")
    assert not is_signed_in(client)


def test_a_new_address_takes_the_place_of_the_old_one_once_it_is_confirmed(person, client):
    client.post("/ar/account/login/", {"login": person.email, "password": PASSWORD})
    client.post("/ar/account/reauthenticate/?next=/ar/account/email/", {"password": PASSWORD})
    client.post("/ar/account/email/", {"action_add": "", "email": "new@example.org"})
    person.refresh_from_db()
    assert person.email == "aicha@example.org"
    client.post(CONFIRM, {"code": latest_to("new@example.org")})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert any(letter.to == ["aicha@example.org"] and "new@example.org" in letter.body for letter in mail.outbox)


def latest_to(address):
    return code_of(next(letter for letter in reversed(mail.outbox) if letter.to == [address]))


def test_changing_the_address_or_the_password_asks_again_who_it_is(person, client):
    client.force_login(person)
    assert "/account/reauthenticate/" in client.post("/ar/account/email/", {"action_add": "", "email": "new@example.org"}).url


@pytest.mark.parametrize("path", ["signup/", "login/code/", "password/reset/"])
def test_where_no_letter_leaves_the_page_says_so(portal_site, client, path):
    UserFactory(email="known@example.org")
    with mock.patch("portal.people.mail.send", side_effect=ConnectionRefusedError):
        for address in ("known@example.org", "nobody@example.org"):
            response = client.post(f"/ar/account/{path}", {**WORDS, "email": address})
            assert response.status_code == 503


def test_a_letter_that_only_tells_what_was_done_stops_nothing(person, client):
    client.post("/ar/account/login/", {"login": person.email, "password": PASSWORD})
    client.post("/ar/account/reauthenticate/", {"password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "jasmin-de-minuit-21", "password2": "jasmin-de-minuit-21"}
    with mock.patch("portal.people.mail.send", side_effect=ConnectionRefusedError):
        assert client.post("/ar/account/password/change/", new).status_code == 302
    person.refresh_from_db()
    assert person.check_password("jasmin-de-minuit-21")
