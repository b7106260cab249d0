"""Each address has a decision, and each visitor gets what it says: a new address without one fails here."""

import uuid
from itertools import product

import pytest
from django.urls import NoReverseMatch, reverse

from good_practices.models import Contribution
from portal.participation.models import Comment, Vote
from portal.people.enums import Role
from portal.people.models import DataRequest, User
from tests.factories import CommentFactory, PracticePageFactory, QuestionFactory, SessionPageFactory, UserFactory
from tests.permissions.addresses import DECISIONS, POST_ONLY, SIGNED_IN, Who, addresses


def test_every_address_has_a_decision_and_every_decision_an_address():
    names = {address.name for address in addresses()}
    assert sorted(map(str, names - DECISIONS.keys())) == []
    assert sorted(map(str, DECISIONS.keys() - names)) == []


@pytest.fixture
def practice(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")


@pytest.fixture
def things(portal_site, practice):
    """What the addresses may be about."""
    session = SessionPageFactory(parent=portal_site.workshops["ar"], slug="opening")
    question = QuestionFactory(page=session)
    return {
        "slug": ["water", "opening"],
        "key": [practice.translation_key],
        "pk": [question.pk],
        "kind": ["csv"],
        "language": ["ar"],
        "number": [1],
    }


def urls_of(address, things):
    for values in product(*(things.get(name, ["1"]) for name in address.parameters)):
        try:
            yield reverse(address.full_name, kwargs=dict(zip(address.parameters, values, strict=True)))
        except NoReverseMatch:
            continue


@pytest.mark.parametrize("name", sorted(SIGNED_IN - {"account_reauthenticate"}))
def test_who_is_not_signed_in_is_led_to_the_sign_in(client, things, name):
    address = next(one for one in addresses() if one.name == name)
    for url in urls_of(address, things):
        for method in (client.get, client.post):
            response = method(url)
            known = response.status_code == 302 and "/account/login/" in response.url
            assert known or response.status_code in (404, 405), (name, url, response.status_code)


def test_what_is_only_sent_is_not_read(client, things, participant):
    client.force_login(participant)
    for address in addresses():
        if address.name in POST_ONLY:
            for url in urls_of(address, {**things, "pk": [1], "slug": ["problem"]}):
                assert client.get(url).status_code in (302, 404, 405), url


def test_what_everybody_reads_is_read_by_everybody(client, things):
    for address in addresses():
        if DECISIONS[address.name] == Who.EVERYBODY and not address.parameters:
            url = reverse(address.full_name)
            assert client.get(url).status_code in (200, 302, 304), url


def own_words(person, page):
    contribution = Contribution.objects.create(contributor=person, language="ar", data={"title": "سري جدا"})
    return [
        reverse("contribution_step", args=[contribution.key, "problem"]),
        reverse("contribution_step", args=[contribution.key, "send"]),
        reverse("contribution_withdraw", args=[contribution.key]),
        reverse("contribution_autosave", args=[contribution.key, "problem"]),
    ]


@pytest.mark.parametrize("role", [None, *Role, "superuser"])
def test_nobody_reads_or_changes_what_another_is_writing(client, practice, role):
    owner = UserFactory(role=Role.PARTICIPANT)
    urls = own_words(owner, practice)
    _come(client, role)
    for url in urls:
        for response in (client.get(url), client.post(url, {"title": "مسروق"})):
            assert response.status_code in (302, 401, 404, 405), (role, url)
            assert "سري جدا" not in response.content.decode()
    assert Contribution.objects.get().data == {"title": "سري جدا"}


@pytest.mark.parametrize("role", [None, *Role, "superuser"])
def test_who_answers_questions(client, portal_site, role):
    session = SessionPageFactory(parent=portal_site.workshops["ar"])
    question = QuestionFactory(page=session)
    _come(client, role)
    client.post(reverse("answer_question", args=[question.pk]), {"answer": "نعم"})
    may = role in (Role.FACILITATOR, Role.MODERATOR, "superuser")
    assert Comment.objects.get().is_answered is may


@pytest.mark.parametrize("role", [None, *Role, "superuser"])
@pytest.mark.parametrize(
    "state", [{"hidden_at": "2026-01-01T00:00Z"}, {"published_at": None}, {"removed_at": "2026-01-01T00:00Z"}]
)
def test_nobody_votes_for_or_answers_what_is_not_shown(client, portal_site, role, state):
    question = QuestionFactory(page=SessionPageFactory(parent=portal_site.workshops["ar"]), text="محجوب")
    Comment.objects.filter(pk=question.pk).update(**state)
    _come(client, role)
    for name in ("vote", "answer_question"):
        for response in (client.get(reverse(name, args=[question.pk])), client.post(reverse(name, args=[question.pk]))):
            assert response.status_code in (302, 404)
            assert "محجوب" not in response.content.decode()
    assert not Vote.objects.exists()


def test_forged_keys_are_not_found(client, participant, portal_site):
    client.force_login(participant)
    for url in (
        reverse("add_comment", args=[uuid.uuid4()]),
        reverse("add_tags", args=[uuid.uuid4()]),
        reverse("vote", args=[10**15]),
        reverse("contribution_step", args=[uuid.uuid4(), "problem"]),
    ):
        assert client.post(url, {"text": "x", "tags": "x"}).status_code == 404, url


def test_my_data_are_mine(client, participant, practice):
    other = UserFactory()
    DataRequest.objects.create(person=other, text="سر غيري")
    CommentFactory(page=practice, author=other)
    client.force_login(participant)
    assert "سر غيري" not in client.get(reverse("my_data")).content.decode()


def _come(client, role):
    if role == "superuser":
        client.force_login(User.objects.create_superuser("root@example.org", "x", display_name="Root"))
    elif role:
        client.force_login(UserFactory(role=role))
