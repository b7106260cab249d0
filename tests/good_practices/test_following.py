"""Associations bring their own practices up to date: reviewed, or at once where they are trusted."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.models import ModelLogEntry, PageLogEntry, WorkflowState

from good_practices.domain.following import Update, follow_up
from good_practices.enums import StageKind
from good_practices.models import PracticeFacts, PracticePage
from portal.people.domain.memberships import ask_membership, verify_membership
from portal.people.enums import MembershipRole
from tests.factories import OrganisationFactory, PracticePageFactory, UserFactory

FILED, LATER = datetime.date(2019, 1, 17), datetime.date(2019, 5, 30)
LARGE = b"%PDF-" + b"0" * 10_000_000
FORM = {"kind": "acknowledged", "date": "2019-01-20", "note": "وصل الإيداع", "outcome": "accepted"}


@pytest.fixture
def organisation():
    return OrganisationFactory(name_ar="جمعية الواحة", name_fr="L’Oasis", name_en="Oasis")


@pytest.fixture
def page(portal_site, organisation):
    made = PracticePageFactory(
        parent=portal_site.libraries["en"],
        slug="bus",
        result="<p>Buses <b>ride</b>.</p>",
        organisations=[organisation],
        stages=[(StageKind.FILED, FILED)],
    )
    made = PracticePage.objects.get(pk=made.pk)
    made.save_revision().publish()
    return PracticePage.objects.get(pk=made.pk)


def member_of(organisation, facilitator, verified=True, **person):
    person = UserFactory(**person)
    membership = ask_membership(person, organisation, MembershipRole.MEMBER)
    if verified:
        verify_membership(membership, facilitator)
    return person


@pytest.fixture
def member(organisation, facilitator):
    return member_of(organisation, facilitator, display_name="Amina")


@pytest.fixture
def trusted(member, organisation):
    organisation.trusted = True
    organisation.save()
    return member


def url(page):
    return f"{page.url}update/"


def kinds(page):
    return [stage.kind for stage in PracticePage.objects.get(pk=page.pk).stages.all()]


def waiting(page):
    return [stage.kind for stage in PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object().stages.all()]


def decide(page, facilitator, action, comment=""):
    task = PracticePage.objects.get(pk=page.pk).current_workflow_task_state
    task.task.specific.on_action(task, facilitator, action, comment=comment)


def test_everybody_sees_when_it_changed_and_where_to_update_it(client, page):
    html = BeautifulSoup(client.get(page.url).content, "html.parser").main
    assert html.find("a", href=url(page))
    assert "Last change" in html.get_text()


def test_whoever_is_not_signed_in_is_asked_to(client, page):
    assert client.get(url(page)).url == f"/en/account/login/?next={url(page)}"


@pytest.mark.parametrize("who", ["participant", "waiting", "elsewhere", "facilitator"])
def test_whoever_is_no_verified_member_is_told_how_to_become_one(client, page, request, facilitator, organisation, who):
    people = {
        "waiting": lambda: member_of(organisation, facilitator, verified=False),
        "elsewhere": lambda: member_of(OrganisationFactory(trusted=True), facilitator),
    }
    person = people[who]() if who in people else request.getfixturevalue(who)
    client.force_login(person)
    for response in (client.get(url(page)), client.post(url(page), FORM)):
        assert response.status_code == 403
        assert b"/en/account/organisations/" in response.content
    with pytest.raises(PermissionDenied):
        follow_up(page, person, Update(kind="acknowledged", date=LATER))
    assert waiting(page) == ["filed"]


def test_a_member_s_update_waits_for_a_facilitator(client, page, member, facilitator):
    client.force_login(member)
    assert client.post(url(page), FORM).url == url(page)
    assert (kinds(page), waiting(page)) == (["filed"], ["filed", "acknowledged"])
    assert "waits for a facilitator" in client.get(url(page)).content.decode()
    assert WorkflowState.objects.get().requested_by == member
    decide(page, facilitator, "approve")
    assert kinds(page) == ["filed", "acknowledged"]
    assert PracticeFacts.objects.get().stage == "acknowledged"
    assert "Your last update is published" in client.get(url(page)).content.decode()


def test_an_update_that_was_given_back_is_amended(client, page, member, facilitator):
    client.force_login(member)
    client.post(url(page), {**FORM, "result": "Eighty girls & boys.\n\nTwo buses."})
    decide(page, facilitator, "reject", "Which day?")
    html = BeautifulSoup(client.get(url(page)).content, "html.parser").main
    assert "Which day?" in html.get_text()
    assert html.find("input", attrs={"name": "date"})["value"] == "2019-01-20"
    assert html.find("textarea", attrs={"name": "result"}).get_text().strip() == "Eighty girls & boys.\n\nTwo buses."
    client.post(url(page), {**FORM, "date": "2019-01-21"})
    decide(page, facilitator, "approve")
    assert [stage.date.day for stage in PracticePage.objects.get(pk=page.pk).stages.all()] == [17, 21]


def test_a_trusted_organisation_publishes_at_once(client, page, trusted):
    client.force_login(trusted)
    response = client.post(url(page), {**FORM, "outcome": "carried_out", "result": "Eighty <girls> ride.\n\nEvery day."})
    assert response.url == page.url
    changed = PracticePage.objects.get(pk=page.pk)
    assert kinds(page) == ["filed", "acknowledged"]
    assert (changed.outcome, changed.has_unpublished_changes) == ("carried_out", False)
    assert changed.result == "<p>Buses <b>ride</b>.</p><p>Eighty &lt;girls&gt; ride.</p><p>Every day.</p>"
    assert changed.live_revision.user == trusted
    assert PageLogEntry.objects.filter(action="wagtail.publish", user=trusted, page=page.pk).exists()
    assert not ModelLogEntry.objects.filter(user=trusted).exists()


def test_a_trusted_update_never_publishes_another_s_draft(page, trusted, facilitator):
    draft = page.get_latest_revision_as_object()
    draft.title = "Half writ"
    draft.save_revision(user=facilitator)
    assert follow_up(page, trusted, Update(kind="acknowledged", date=LATER)) is False
    assert PracticePage.objects.get(pk=page.pk).title != "Half writ"
    latest = PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (latest.title, waiting(page)) == ("Half writ", ["filed", "acknowledged"])


def test_translations_take_the_stage(portal_site, page, trusted):
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=page, stages=[])
    follow_up(page, trusted, Update(kind="acknowledged", date=LATER, note="Received"))
    stages = PracticePage.objects.get(pk=french.pk).stages.order_by("sort_order")
    assert [(stage.kind, stage.note) for stage in stages] == [("filed", ""), ("acknowledged", "")]


def test_of_two_members_the_second_is_told(page, trusted, organisation, facilitator):
    other = member_of(organisation, facilitator)
    stale = PracticePage.objects.get(pk=page.pk)
    follow_up(page, trusted, Update(kind="acknowledged", date=LATER))
    with pytest.raises(ValidationError) as refusal:
        follow_up(stale, other, Update(kind="acknowledged", date=LATER))
    assert list(refusal.value.message_dict) == ["kind"]
    assert kinds(page) == ["filed", "acknowledged"]


def test_two_members_updates_wait_together(page, member, organisation, facilitator):
    other = member_of(organisation, facilitator)
    follow_up(page, member, Update(kind="acknowledged", date=LATER))
    follow_up(page, other, Update(kind="checked", date=LATER))
    assert WorkflowState.objects.count() == 1
    decide(page, facilitator, "approve")
    assert kinds(page) == ["filed", "acknowledged", "checked"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "filed"}, "kind"),
        ({"kind": "x\x00"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"date": "2018-12-31"}, "date"),
        ({"date": "2999-01-01"}, "date"),
        ({"date": ""}, "date"),
        ({"date": "soon"}, "date"),
        ({"note": "x" * 2001}, "note"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"outcome": "won"}, "outcome"),
        ({"kind": "", "date": "", "note": ""}, "__all__"),
        ({"result": "x" * 1_000_000}, "result"),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_nothing_is_lost(client, page, trusted, wrong, field):
    client.force_login(trusted)
    response = client.post(url(page), {**FORM, **wrong})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    note = BeautifulSoup(response.content, "html.parser").find("textarea", attrs={"name": "note"})
    assert note.get_text().strip() == {**FORM, **wrong}["note"]
    assert waiting(page) == ["filed"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.pdf", b"<html>"),
        ("a.pdf", b""),
        ("a.docx", b"%PDF-"),
        ("a.pdf", b"%PDF-" + b"0" * 10_000_000),
        ("a", b"x"),
    ],
)
def test_a_file_that_is_not_what_is_asked_for_is_refused(client, page, trusted, name, content):
    client.force_login(trusted)
    response = client.post(url(page), {**FORM, "file": SimpleUploadedFile(name, content)})
    assert list(response.context["form"].errors) == ["file"]
    assert not get_document_model().objects.exists()


def test_a_file_is_public_with_its_stage_and_not_before(client, page, member, facilitator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(member)
    client.post(url(page), {**FORM, "file": SimpleUploadedFile("receipt.pdf", b"%PDF-1.7")})
    document = get_document_model().objects.get()
    client.logout()
    assert client.get(document.url).status_code != 200
    decide(page, facilitator, "approve")
    assert client.get(document.url).status_code == 200
    assert PracticePage.objects.get(pk=page.pk).stages.last().document == document


def test_an_outcome_that_the_new_stage_contradicts_is_refused_on_its_field(client, page, trusted):
    client.force_login(trusted)
    response = client.post(url(page), {**FORM, "kind": "rejected", "outcome": page.outcome})
    assert (response.status_code, list(response.context["form"].errors), waiting(page)) == (422, ["outcome"], ["filed"])


def test_a_locked_page_is_left_alone(client, page, trusted):
    PracticePage.objects.filter(pk=page.pk).update(locked=True)
    client.force_login(trusted)
    response = client.post(url(page), FORM)
    assert (response.status_code, waiting(page)) == (422, ["filed"])


def test_only_public_practices_of_the_language_are_updated(client, page, trusted):
    client.force_login(trusted)
    assert client.get("/fr/practices/bus/update/").status_code == 404
    assert client.get("/en/practices/none/update/").status_code == 404
    PracticePage.objects.get(pk=page.pk).unpublish()
    assert client.get(url(page)).status_code == 404


def test_only_what_can_come_next_is_offered(client, page, trusted):
    follow_up(page, trusted, Update(kind="rejected", date=LATER, outcome="rejected"))
    client.force_login(trusted)
    html = BeautifulSoup(client.get(url(page)).content, "html.parser")
    assert [option["value"] for option in html.find("select", attrs={"name": "kind"})("option")] == [""]
