"""Assessing: by peers, not one's own, shown once a facilitator makes it public."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from good_practices.assessments import findings_on
from good_practices.domain.assessment import assess
from good_practices.models import Assessment
from tests.factories import AssessmentFactory, MembershipFactory, OrganisationFactory, PracticePageFactory, UserFactory

FOUND = {"transferable": "3", "sustained": "1", "includes_women": "", "includes_youth": "", "measured": "0", "comment": "Good"}


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["en"], organisations=[OrganisationFactory()])


@pytest.fixture
def peer(db):
    return MembershipFactory().person


def shown(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser").find(class_="assessment")


def test_the_criteria_are_public_in_words(client, portal_site):
    main = BeautifulSoup(client.get("/en/practices/criteria/").content, "html.parser").main
    assert len(main("section")) == len(Assessment.CRITERIA)
    assert len(main("dd")) == 4 * len(Assessment.CRITERIA)


def test_what_a_peer_finds_is_shown_when_a_facilitator_makes_it_public(client, page, peer):
    client.force_login(peer)
    assert client.post(f"{page.url}assess/", FOUND).url == page.url
    one = Assessment.objects.get()
    assert (one.transferable, one.includes_women, one.public, one.assessor) == (3, None, False, peer)
    assert one.organisation == peer.memberships.get().organisation
    assert "Nobody has assessed it yet" in shown(client, page).get_text()
    Assessment.objects.update(public=True, adjusted="A second bus")
    text = shown(client, page).get_text(" ", strip=True)
    for words in ("1 assessment", "3.0 / 3", "0.0 / 3", "Not judged", "Good", "A second bus"):
        assert words in text


def test_assessing_again_replaces_it_and_is_read_again(client, page, peer):
    client.force_login(peer)
    client.post(f"{page.url}assess/", FOUND)
    Assessment.objects.update(public=True)
    assert "You have assessed it before" in client.get(f"{page.url}assess/").content.decode()
    client.post(f"{page.url}assess/", FOUND | {"transferable": "1"})
    assert [(one.transferable, one.public) for one in Assessment.objects.all()] == [(1, False)]


def test_nobody_assesses_their_own_nor_without_a_verified_membership(client, page):
    own = MembershipFactory(organisation=page.organisations[0]).person
    waiting = MembershipFactory(verified_at=None).person
    for person in (own, waiting, UserFactory()):
        client.force_login(person)
        assert client.get(f"{page.url}assess/").status_code == 403
        assert client.post(f"{page.url}assess/", FOUND).status_code == 403
        with pytest.raises(PermissionDenied):
            assess(person, page, FOUND, "en")
    assert not Assessment.objects.exists()


def test_visitors_are_asked_to_sign_in(client, page):
    assert "/account/login/" in client.get(f"{page.url}assess/").url


@pytest.mark.parametrize(
    "wrong",
    [{"transferable": "4"}, {"transferable": "-1"}, {"transferable": "٣٣"}, {"comment": "x" * 2001}, dict.fromkeys(FOUND, "")],
)
def test_bad_answers_are_told_and_the_words_stay(client, page, peer, wrong):
    client.force_login(peer)
    answer = client.post(f"{page.url}assess/", FOUND | {"comment": "My words"} | wrong)
    assert answer.status_code == 422
    assert BeautifulSoup(answer.content, "html.parser").find(class_="error-summary")
    assert (wrong.get("comment", "My words") or "") in answer.content.decode()
    assert not Assessment.objects.exists()


def test_the_mean_leaves_out_what_was_not_judged(page):
    AssessmentFactory(page=page, transferable=3)
    AssessmentFactory(page=page, transferable=0)
    AssessmentFactory(page=page, transferable=None)
    AssessmentFactory(page=page, transferable=3, public=False)
    found = findings_on(page.translation_key)
    assert found.count == 3
    assert [(score.mean, score.count) for score in found.scores][:2] == [(1.5, 2), (None, 0)]


def test_a_facilitator_marks_experts_and_makes_it_public(client, page, facilitator):
    one = AssessmentFactory(page=page, public=False)
    client.force_login(facilitator)
    data = {"practice": page.pk, "transferable": 2, "language": "en", "assessed_on": "2020-11-23"}
    url = reverse("assessment:edit", args=[one.pk])
    assert client.post(url, data | {"expert": "on", "public": "on", "adjusted": "Two more"}).status_code == 302
    one.refresh_from_db()
    assert (one.expert, one.public, one.adjusted, one.practice_key) == (True, True, "Two more", page.translation_key)
    assert client.post(reverse("assessment:add"), data).status_code == 302
    assert Assessment.objects.filter(assessor=facilitator).count() == 1
