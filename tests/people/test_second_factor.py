"""The second factor: codes of an application, codes to keep, and what the database keeps of them."""

import time
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from bs4 import BeautifulSoup
from django.core import mail

from tests.factories import PASSWORD, UserFactory

HERE = "/ar/account/second-factor/"


@pytest.fixture
def person(portal_site):
    return UserFactory(email="aicha@example.org", language="ar")


def code_at(secret, moment=None):
    return format_hotp_value(hotp_value(secret, int((moment or time.time()) // 30)))


def sign_in(client, person):
    return client.post("/ar/account/login/", {"login": person.email, "password": PASSWORD})


@pytest.fixture
def secret(client, person):
    """Turn the second factor on as a person does, sign out, and return the secret."""
    sign_in(client, person)
    client.post("/ar/account/reauthenticate/", {"password": PASSWORD})
    page = BeautifulSoup(client.get(f"{HERE}totp/activate/").content, "html.parser")
    secret = page.select_one("code.secret").text
    arabic = code_at(secret).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.post(f"{HERE}totp/activate/", {"code": arabic}).url == f"{HERE}recovery-codes/"
    return secret


def test_it_is_set_up_with_a_drawing_that_the_policy_of_the_page_allows(client, person):
    sign_in(client, person)
    assert "/account/reauthenticate/" in client.get(f"{HERE}totp/activate/").url
    client.post("/ar/account/reauthenticate/", {"password": PASSWORD})
    response = client.get(f"{HERE}totp/activate/")
    image = BeautifulSoup(response.content, "html.parser").select_one(".qr img")
    assert image["src"].startswith("data:image/svg+xml;base64,")
    assert "img-src 'self' data:" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert client.post(f"{HERE}totp/activate/", {"code": "000000"}).status_code == 200


def test_the_password_alone_no_longer_signs_in(client, person, secret):
    client.post("/ar/account/logout/")
    assert sign_in(client, person).url == f"{HERE}authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.post(f"{HERE}authenticate/", {"code": "12345"}).status_code == 200
    with mock.patch("time.time", return_value=time.time() + 60):
        assert client.post(f"{HERE}authenticate/", {"code": code_at(secret)}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_code_by_mail_does_not_pass_by_the_second_factor(client, person, secret):
    client.post("/ar/account/logout/")
    client.post("/ar/account/login/code/", {"email": person.email})
    code = next(line for line in mail.outbox[-1].body.splitlines() if line[:4].isdecimal())
    assert client.post("/ar/account/login/code/confirm/", {"code": code}).url == f"{HERE}authenticate/"
    assert "_auth_user_id" not in client.session


def test_a_code_that_was_used_is_not_taken_again(client, person, secret):
    later = time.time() + 60
    for expected in (302, 200):
        client.post("/ar/account/logout/")
        with mock.patch("time.time", return_value=later):
            sign_in(client, person)
            assert client.post(f"{HERE}authenticate/", {"code": code_at(secret, later)}).status_code == expected


def test_a_code_to_keep_is_good_once(client, person, secret):
    codes = [
        one.text for one in BeautifulSoup(client.get(f"{HERE}recovery-codes/").content, "html.parser").select(".secrets code")
    ]
    assert len(codes) == 10
    for expected in (302, 200):
        client.post("/ar/account/logout/")
        sign_in(client, person)
        assert client.post(f"{HERE}authenticate/", {"code": codes[0]}).status_code == expected


def test_guessing_at_it_is_limited(client, person, secret):
    client.post("/ar/account/logout/")
    sign_in(client, person)
    for _attempt in range(5):
        client.post(f"{HERE}authenticate/", {"code": "000000"})
    with mock.patch("allauth.mfa.base.forms.Authenticator.wrap") as asked:
        client.post(f"{HERE}authenticate/", {"code": "000000"})
    assert not asked.called
    assert "_auth_user_id" not in client.session


def test_a_backup_does_not_give_the_secret_away(person, secret, settings):
    kept = Authenticator.objects.get(type="totp")
    assert secret not in str(kept.data)
    with mock.patch("time.time", return_value=time.time() + 60):
        assert TOTP(kept).validate_code(code_at(secret))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    with mock.patch("time.time", return_value=time.time() + 120):
        assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_at(secret))


def test_its_owner_is_told_in_their_language_when_it_goes_off(client, person, secret, committed):
    with committed():
        client.post(f"{HERE}recovery-codes/generate/")
    client.post(f"{HERE}totp/deactivate/")
    assert not Authenticator.objects.exists()
    told = [letter.extra_headers["Content-Language"] for letter in mail.outbox if letter.to == [person.email]]
    assert told == ["ar", "ar"]
