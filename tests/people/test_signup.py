"""Signing up and in, through the real pages, in each language."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail

from portal.people.models import User
from tests.factories import PASSWORD, UserFactory

WORDS = {"display_name": "عائشة", "email": "aicha@example.org", "password1": PASSWORD}


def confirm(client, language="fr"):
    """Type the code of the letter that was sent last."""
    code = re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE)[0]
    return client.post(f"/{language}/account/confirm-email/", {"code": code})


each_language = pytest.mark.parametrize("language", ["ar", "fr", "en"])


def form_of(response):
    html = BeautifulSoup(response.content, "html.parser")
    return html.main.find("form", method="post")


@each_language
def test_whoever_signs_up_is_a_participant_whom_we_write_to_in_the_language_of_the_page(portal_site, client, language):
    response = client.post(f"/{language}/account/signup/", WORDS)
    person = User.objects.get()
    assert response.status_code == 302
    assert (person.email, person.display_name) == ("aicha@example.org", "عائشة")
    assert list(person.groups.values_list("name", flat=True)) == ["participant"]
    assert person.language == language


@pytest.mark.parametrize(("written", "kept"), [("  Aïcha \u202e El  Idrissi ", "Aïcha El Idrissi"), ("عائشة\u200b", "عائشة")])
def test_a_name_is_kept_as_others_can_read_it(portal_site, client, written, kept):
    client.post("/fr/account/signup/", {**WORDS, "display_name": written})
    assert User.objects.get().display_name == kept


@pytest.mark.parametrize("nothing", ["\u200b\u202e", "•••", "\u0000"])
def test_a_name_that_nobody_can_read_is_refused(portal_site, client, nothing):
    response = client.post("/fr/account/signup/", {**WORDS, "display_name": nothing})
    assert "display_name" in response.context["form"].errors
    assert not User.objects.exists()


def test_whoever_signs_up_from_a_page_comes_back_to_it(portal_site, client):
    client.post("/fr/account/signup/", {**WORDS, "next": "/fr/practices/#comments"})
    assert confirm(client).url == "/fr/practices/#comments"


@pytest.mark.parametrize("path", ["signup", "login"])
@pytest.mark.parametrize("forged", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_forged_next_is_not_followed(portal_site, client, path, forged):
    UserFactory(email="known@example.org")
    words = {"signup": WORDS, "login": {"login": "known@example.org", "password": PASSWORD}}[path]
    response = client.post(f"/ar/account/{path}/", {**words, "next": forged})
    if path == "signup":
        response = confirm(client, "ar")
    assert response.status_code == 302
    assert response.url == "/ar/"


@each_language
@pytest.mark.parametrize("password", ["short", "1234567890", "password1234", "aicha@example.org"])
def test_a_weak_password_is_refused_and_the_form_kept(portal_site, client, language, password):
    response = client.post(f"/{language}/account/signup/", {**WORDS, "password1": password})
    fields = {field["name"]: field.get("value") for field in form_of(response)("input") if field.get("name")}
    assert response.status_code == 200
    assert not User.objects.exists()
    assert (fields["email"], fields["display_name"], fields["password1"]) == ("aicha@example.org", "عائشة", None)
    assert form_of(response).find(attrs={"name": "password1"})["aria-invalid"] == "true"


@pytest.mark.parametrize("missing", ["display_name", "email", "password1"])
def test_every_field_is_needed(portal_site, client, missing):
    response = client.post("/fr/account/signup/", {**WORDS, missing: ""})
    assert form_of(response).find(attrs={"name": missing})["aria-invalid"] == "true"
    assert not User.objects.exists()


@each_language
@pytest.mark.parametrize("email", ["aicha@example.org", "AICHA@Example.org"])
def test_a_duplicate_sign_up_makes_no_account_and_shows_nothing_of_the_owner(portal_site, client, language, email):
    owner = UserFactory(email="aicha@example.org", display_name="The owner’s own name")
    response = client.post(
        f"/{language}/account/signup/", {**WORDS, "email": email, "password1": "another-souk-9-hours"}, follow=True
    )
    owner.refresh_from_db()
    assert User.objects.count() == 1
    assert (owner.display_name, owner.check_password(PASSWORD)) == ("The owner’s own name", True)
    assert "_auth_user_id" not in client.session
    assert "The owner’s own name" not in response.content.decode()


@each_language
@pytest.mark.parametrize("written", ["aicha@example.org", "Aicha@EXAMPLE.org"])
def test_people_sign_in_with_their_address_in_any_case(portal_site, client, language, written):
    person = UserFactory(email="aicha@example.org")
    response = client.post(f"/{language}/account/login/", {"login": written, "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_address_and_a_wrong_password_are_refused_in_the_same_words(portal_site, client):
    UserFactory(email="aicha@example.org")
    answers = [
        form_of(client.post("/fr/account/login/", {"login": login, "password": "wrong-password"})).get_text(" ", strip=True)
        for login in ("aicha@example.org", "nobody@example.org")
    ]
    assert answers[0] == answers[1]
    assert "_auth_user_id" not in client.session


@each_language
def test_the_form_is_labelled_in_the_language_of_the_page(portal_site, client, language):
    html = BeautifulSoup(client.get(f"/{language}/account/signup/").content, "html.parser")
    names = {field["id"] for field in form_of(client.get(f"/{language}/account/signup/"))("input") if field.get("id")}
    assert html.html["lang"] == language
    assert names == {label["for"] for label in html.main.form("label")}


def test_who_signed_out_is_signed_out(portal_site, client, participant):
    client.force_login(participant)
    client.post("/fr/account/logout/")
    assert "_auth_user_id" not in client.session
