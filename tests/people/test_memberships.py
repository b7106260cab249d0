"""Who belongs to which organisation: a person asks, a facilitator answers, the person sees where it stands."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.people.domain.memberships import (
    MOST_WAITING,
    ask_membership,
    decline_membership,
    verified_organisations,
    verify_membership,
)
from portal.people.enums import MembershipRole
from portal.people.models import Membership
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/en/account/organisations/"


@pytest.fixture
def organisation():
    return OrganisationFactory(name_ar="جمعية الواحة", name_fr="Association de l’Oasis", name_en="Oasis")


@pytest.fixture
def asker(client, participant, portal_site):
    client.force_login(participant)
    return client


def read(client, **question):
    return BeautifulSoup(client.get(URL, question).content, "html.parser").main


def test_nobody_asks_without_signing_in(client, portal_site):
    assert client.get(URL).url == f"/en/account/login/?next={URL}"


@pytest.mark.parametrize("question", ["واحة", "oasis", "Oasis association"])
def test_an_organisation_is_found_in_any_language(asker, organisation, question):
    OrganisationFactory()
    values = [radio["value"] for radio in read(asker, q=question)("input", type="radio")]
    assert values == [str(organisation.pk)]


def test_a_request_waits_and_the_person_sees_it(asker, participant, organisation):
    form = {"q": "oasis", "organisation": organisation.pk, "role": "president"}
    assert asker.post(URL, form).url == URL
    membership = participant.memberships.get()
    assert (membership.organisation, membership.role, membership.is_verified) == (organisation, "president", False)
    text = read(asker).get_text(" ", strip=True)
    assert "Oasis" in text
    assert "Waiting for a facilitator" in text
    assert not read(asker, q="oasis")("input", type="radio")


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": "999999"},
        {"organisation": "x\x00"},
        {"organisation": ""},
        {"role": "king"},
        {"q": "elsewhere"},
        {"q": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")},
    ],
)
def test_a_forged_request_is_refused_with_words(asker, participant, organisation, wrong):
    response = asker.post(URL, {"q": "oasis", "organisation": organisation.pk, "role": "member", **wrong})
    assert response.status_code == 422
    assert not participant.memberships.exists()


@pytest.mark.parametrize("pk", ["", "x", "-1", "99999999999999999999999", "٣"])
def test_taking_back_what_is_not_there_does_nothing(asker, pk):
    assert asker.post(URL, {"action": "withdraw", "membership": pk}).status_code == 302


def test_a_person_takes_back_their_own_request_only(asker, participant, organisation):
    mine = ask_membership(participant, organisation, MembershipRole.MEMBER)
    other = ask_membership(UserFactory(), organisation, MembershipRole.MEMBER)
    for membership in (mine, other):
        asker.post(URL, {"action": "withdraw", "membership": membership.pk})
    assert list(Membership.objects.all()) == [other]


def test_asking_again_changes_the_request_and_never_the_verified(participant, facilitator, organisation):
    ask_membership(participant, organisation, MembershipRole.MEMBER)
    membership = ask_membership(participant, organisation, MembershipRole.COORDINATOR)
    assert Membership.objects.get().role == "coordinator"
    verify_membership(membership, facilitator)
    ask_membership(participant, organisation, MembershipRole.PRESIDENT)
    assert (Membership.objects.get().role, verified_organisations(participant)) == ("coordinator", [organisation.pk])


def test_after_a_refusal_one_may_ask_again(participant, facilitator, organisation):
    decline_membership(ask_membership(participant, organisation, MembershipRole.MEMBER), facilitator, "Not in the register")
    membership = ask_membership(participant, organisation, MembershipRole.MEMBER)
    assert (membership.declined_at, membership.answer) == (None, "")


def test_too_many_requests_wait(participant):
    for _ in range(MOST_WAITING):
        ask_membership(participant, OrganisationFactory(), MembershipRole.MEMBER)
    with pytest.raises(ValidationError):
        ask_membership(participant, OrganisationFactory(), MembershipRole.MEMBER)


def test_a_verified_member_can_be_refused_later(participant, facilitator, organisation):
    membership = ask_membership(participant, organisation, MembershipRole.MEMBER)
    verify_membership(membership, facilitator)
    decline_membership(Membership.objects.get(), facilitator)
    assert verified_organisations(participant) == []


def test_a_facilitator_decides_in_the_cms_those_who_wait_first(client, facilitator, participant, organisation):
    answered = ask_membership(UserFactory(display_name="Answered"), organisation, MembershipRole.MEMBER)
    verify_membership(answered, facilitator)
    membership = ask_membership(participant, organisation, MembershipRole.MEMBER)
    client.force_login(facilitator)
    listing = client.get(reverse("membership:index")).content.decode()
    assert listing.index(participant.display_name) < listing.index("Answered")
    page = client.get(reverse("membership:decide", args=[membership.pk])).content.decode()
    assert participant.email in page
    assert "Answered" in page
    client.post(reverse("membership:decide", args=[membership.pk]), {"action": "verify"})
    assert verified_organisations(participant) == [organisation.pk]


def test_a_refusal_is_told_with_its_reason(asker, client, facilitator, participant, organisation):
    membership = ask_membership(participant, organisation, MembershipRole.MEMBER)
    client.force_login(facilitator)
    client.post(reverse("membership:decide", args=[membership.pk]), {"action": "decline", "answer": "Not in\x00 the register"})
    client.force_login(participant)
    text = read(asker).get_text(" ", strip=True)
    assert "Declined" in text
    assert "Not in the register" in text


@pytest.mark.parametrize("who", ["participant", "moderator"])
def test_nobody_else_decides(client, request, who, participant, organisation):
    membership = ask_membership(participant, organisation, MembershipRole.MEMBER)
    client.force_login(request.getfixturevalue(who))
    client.post(reverse("membership:decide", args=[membership.pk]), {"action": "verify"})
    assert verified_organisations(participant) == []


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_costs_the_same_however_many_there_are(asker, participant, number, django_assert_num_queries):
    for _ in range(min(number, MOST_WAITING)):
        ask_membership(participant, OrganisationFactory(), MembershipRole.MEMBER)
    OrganisationFactory.create_batch(number)
    asker.get(URL, {"q": "association"})
    with django_assert_num_queries(8):
        assert len(read(asker, q="association")("input", type="radio")) == number
