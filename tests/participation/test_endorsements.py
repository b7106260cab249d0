"""Organisations say that a practice is of use to them, or that they did it too: through verified members, each once."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError

from portal.participation.domain.endorsements import Words, endorse, take_back_endorsement
from portal.participation.domain.moderation import hide, restore
from portal.participation.enums import EndorsementKind
from portal.participation.models import Endorsement
from tests.factories import (
    EndorsementFactory,
    MembershipFactory,
    OrganisationFactory,
    PracticePageFactory,
    SessionPageFactory,
    TerritoryFactory,
)

USEFUL = Words(EndorsementKind.USEFUL, "", "ar")
DID_IT = Words(EndorsementKind.DID_IT, "حافلتان للتلاميذ", "ar")


@pytest.fixture
def practice(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], organisations=[OrganisationFactory()])


@pytest.fixture
def member(participant):
    return MembershipFactory(person=participant)


@pytest.fixture
def signed_in(client, member):
    client.force_login(member.person)
    return client


def address(page, language="ar"):
    return f"/{language}/participation/{page.translation_key}/endorse/"


def sent(member, **words):
    return {"organisation": member.organisation_id, "kind": "did_it", "text": "حافلتان للتلاميذ", **words}


def shown(client, page):
    """Return what stands under "who took it up", an entry each."""
    entries = BeautifulSoup(client.get(page.url).content, "html.parser").find(id="taken-up").find_next_sibling()
    return [entry.get_text(" ", strip=True) for entry in entries("li")]


def test_it_is_shown_with_the_organisation_its_line_place_and_date(client, practice):
    place = TerritoryFactory()
    oasis = OrganisationFactory(name_ar="جمعية الواحة", territory=place)
    EndorsementFactory(page=practice, organisation=oasis, text="<b>نفع</b>")
    (entry,) = shown(client, practice)
    for words in ("جمعية الواحة", str(place), "<b>نفع</b>"):
        assert words in entry


def test_the_latest_comes_first_and_nothing_is_counted(client, practice):
    for number in (1, 2):
        EndorsementFactory(page=practice, text=f"line {number}", created_at=f"2020-0{number}-01T10:00Z")
    assert ["line 2" in shown(client, practice)[0], "line 1" in shown(client, practice)[1]] == [True, True]


def test_a_translation_shows_them_too(client, portal_site, practice):
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=practice)
    EndorsementFactory(page=practice, text="نفع")
    assert "نفع" in shown(client, french)[0]


def test_a_member_says_it_and_says_it_anew(practice, member):
    first = endorse(practice, member.organisation, member.person, DID_IT)
    second = endorse(practice, member.organisation, member.person, Words(EndorsementKind.DID_IT, "ثلاث", "fr"))
    endorse(practice, member.organisation, member.person, USEFUL)
    assert (second.pk, second.created_at) == (first.pk, first.created_at)
    assert sorted(Endorsement.objects.values_list("kind", "text")) == [("did_it", "ثلاث"), ("useful", "")]


def test_who_did_it_too_says_what_came_of_it(practice, member):
    with pytest.raises(ValidationError):
        endorse(practice, member.organisation, member.person, Words(EndorsementKind.DID_IT, "", "ar"))


def test_only_verified_members_speak(practice, participant, member):
    waiting = MembershipFactory(person=participant, verified_at=None)
    for organisation in (waiting.organisation, OrganisationFactory()):
        with pytest.raises(PermissionDenied):
            endorse(practice, organisation, participant, USEFUL)
    assert not Endorsement.objects.exists()


def test_nobody_endorses_their_own_practice(practice, participant):
    own = MembershipFactory(person=participant, organisation=practice.organisations[0])
    with pytest.raises(PermissionDenied):
        endorse(practice, own.organisation, participant, USEFUL)


def test_any_verified_member_takes_it_back_and_nobody_else(practice, member, moderator):
    said = endorse(practice, member.organisation, member.person, USEFUL)
    with pytest.raises(PermissionDenied):
        take_back_endorsement(said, moderator)
    take_back_endorsement(said, MembershipFactory(organisation=member.organisation).person)
    assert not Endorsement.objects.exists()


def test_what_a_moderator_hid_is_neither_shown_nor_changed_and_comes_back(client, practice, member, moderator):
    said = endorse(practice, member.organisation, member.person, DID_IT)
    hide(said, moderator)
    assert shown(client, practice) == []
    with pytest.raises(ValidationError):
        endorse(practice, member.organisation, member.person, DID_IT)
    with pytest.raises(PermissionDenied):
        take_back_endorsement(said, member.person)
    restore(said, moderator)
    assert len(shown(client, practice)) == 1


def test_an_inspired_practice_and_what_its_association_says_are_one_entry(client, portal_site, practice, member):
    other = PracticePageFactory(
        parent=portal_site.libraries["ar"], organisations=[member.organisation], inspired_by_key=practice.translation_key
    )
    EndorsementFactory(page=practice, organisation=member.organisation, kind="did_it", text="حافلتان")
    EndorsementFactory(page=practice, organisation=member.organisation, kind="useful", text="لائحة")
    joined, alone = shown(client, practice)
    assert other.title in joined
    assert "حافلتان" in joined
    assert "لائحة" in alone


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_form_keeps_it_and_offers_to_link_one_s_own_practice(signed_in, practice, member, language):
    answer = signed_in.post(address(practice, language), sent(member))
    assert answer.url == address(practice, language)
    html = BeautifulSoup(signed_in.get(answer.url).content, "html.parser").main
    assert html.find("a", href=lambda href: href and href.endswith("/same/"))
    said = Endorsement.objects.get()
    assert (said.person, said.organisation, said.language) == (member.person, member.organisation, language)


def test_useful_leads_back_to_the_practice(signed_in, practice, member):
    assert signed_in.post(address(practice), sent(member, kind="useful", text="")).url == f"{practice.url}#taken-up"


def test_the_form_is_filled_with_what_is_to_be_changed(signed_in, practice, member):
    EndorsementFactory(page=practice, organisation=member.organisation, kind="useful", text="لائحة")
    question = f"?organisation={member.organisation_id}&kind=useful"
    html = BeautifulSoup(signed_in.get(address(practice) + question).content, "html.parser").main
    assert html.find("textarea").get_text(strip=True) == "لائحة"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"text": "x" * 1_000_000}, "text"),
        ({"text": "\x00\u202e"}, "text"),
        ({"kind": "five stars"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"organisation": "999999"}, "organisation"),
        ({"organisation": "x"}, "organisation"),
        ({"organisation": ""}, "organisation"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written_is_lost(signed_in, practice, member, wrong, field):
    answer = signed_in.post(address(practice), sent(member, **wrong))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert field in form.errors
    assert form.data["text"] == sent(member, **wrong)["text"]
    assert not Endorsement.objects.exists()


def test_who_belongs_to_nothing_reads_how_it_is_done(client, practice, participant):
    client.force_login(participant)
    html = BeautifulSoup(client.get(address(practice)).content, "html.parser").main
    assert html.find("form") is None
    assert html.find("a", href="/ar/account/organisations/")
    assert client.post(address(practice), {"kind": "useful"}).status_code == 200
    assert not Endorsement.objects.exists()


def test_it_is_nothing_for_strangers_nor_for_what_nobody_takes_up(client, signed_in, portal_site, practice, member):
    session = SessionPageFactory(parent=portal_site.workshops["ar"])
    assert signed_in.get(address(session)).status_code == 404
    said = EndorsementFactory(page=practice)
    url = f"/ar/participation/endorsements/{said.pk}/take-back/"
    assert signed_in.post(url).status_code == 403
    assert signed_in.post("/ar/participation/endorsements/999/take-back/").status_code == 404
    client.logout()
    assert "/account/login/" in client.get(address(practice)).url


def test_a_member_takes_it_back_by_the_form(signed_in, practice, member):
    said = EndorsementFactory(page=practice, organisation=member.organisation)
    assert signed_in.post(f"/ar/participation/endorsements/{said.pk}/take-back/").url == address(practice)
    assert not Endorsement.objects.exists()


def test_moderators_hide_and_restore_in_the_cms(client, practice, moderator):
    said = EndorsementFactory(page=practice)
    client.force_login(moderator)
    assert said.text in client.get("/cms/endorsement/").content.decode()
    client.post(f"/cms/endorsement/{said.pk}/", {"action": "hide"})
    said.refresh_from_db()
    assert said.is_hidden
    client.post(f"/cms/endorsement/{said.pk}/", {"action": "restore"})
    said.refresh_from_db()
    assert not said.is_hidden
