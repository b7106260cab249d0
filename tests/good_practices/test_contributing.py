"""What contributors and reviewers do, and what follows."""

from unittest import mock

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Comment, TaskState, WorkflowState

from good_practices.domain import contributing as domain
from good_practices.domain import contribution_files
from good_practices.domain.drafting import plain, rich
from good_practices.enums import ContributionState
from good_practices.models import Contribution, PracticePage
from good_practices.views.remarks import remarks_of
from portal.people.models import Membership
from tests.factories import OrganisationFactory
from tests.good_practices.contributions import TITLE, proposal_of, sent, written

pytestmark = pytest.mark.usefixtures("portal_site")


def task_of(contribution):
    return contribution.page.current_workflow_task_state


def edit(page, person, **values):
    draft = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=person)


def test_what_is_sent_is_a_draft_in_the_workflow_with_everything_in_it(participant, facilitator):
    contribution = sent(participant)
    page = contribution.page
    draft = page.get_latest_revision_as_object()
    assert contribution.state == ContributionState.SUBMITTED
    assert not page.live
    assert page.get_parent().specific.locale.language_code == "ar"
    assert (draft.title, draft.contributor, draft.credit) == (TITLE, participant, "Name")
    assert draft.problem == "<p>الطريق طويل</p><p>وثلث البنات ينقطعن</p>"
    assert draft.action == "<p>جمعنا &lt;b&gt;التوقيعات&lt;/b&gt;</p>"
    assert draft.authority.territory.name_ar == "تامسنا"
    assert [stage.kind for stage in draft.stages.all()] == ["filed"]
    assert task_of(contribution).status == TaskState.STATUS_IN_PROGRESS
    assert not participant.has_perm("wagtailadmin.access_admin")


def test_a_reviewer_returns_it_with_comments_and_the_contributor_amends_it(participant, facilitator):
    contribution = sent(participant)
    page = contribution.page
    Comment.objects.create(page=page, user=facilitator, text="كم عدد البنات؟", contentpath="problem")
    edit(page, facilitator, summary="ملخص من المراجعة")
    task_of(contribution).reject(user=facilitator, comment="قريبة جدا")
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.RETURNED
    remarks = remarks_of(contribution)
    assert remarks.overall == "قريبة جدا"
    assert remarks.comments["problem"] == [(facilitator.display_name, "كم عدد البنات؟")]
    assert contribution.data["summary"] == "ملخص من المراجعة"
    assert remarks.replaced["summary"] == "طلب الآباء حافلة"

    contribution = domain.keep(contribution, {"problem": "أربعون بنتا"})
    again = domain.send(contribution, proposal_of(contribution))
    draft = again.page.get_latest_revision_as_object()
    assert PracticePage.objects.count() == 1
    assert (draft.problem, draft.summary) == ("<p>أربعون بنتا</p>", "ملخص من المراجعة")
    assert task_of(again).status == TaskState.STATUS_IN_PROGRESS


def test_a_reviewer_s_edit_after_the_return_is_shown_before_it_is_replaced(participant, facilitator):
    contribution = sent(participant)
    task_of(contribution).reject(user=facilitator)
    contribution.refresh_from_db()
    contribution = domain.keep(contribution, {"problem": "نص المساهمة"})
    edit(contribution.page, facilitator, problem="<p>نص المراجعة</p>", result="<p>نتيجة</p>")
    contribution = domain.look_again(contribution)
    assert remarks_of(contribution).theirs == {"problem": "نص المراجعة"}
    assert contribution.data["result"] == "نتيجة"
    draft = domain.send(contribution, proposal_of(contribution)).page.get_latest_revision_as_object()
    assert (draft.problem, draft.result) == ("<p>نص المساهمة</p>", "<p>نتيجة</p>")


def test_an_edit_that_the_contributor_has_not_seen_stops_the_sending_once(participant, facilitator):
    contribution = sent(participant)
    task_of(contribution).reject(user=facilitator)
    contribution.refresh_from_db()
    contribution = domain.keep(contribution, {"problem": "نص المساهمة"})
    edit(contribution.page, facilitator, problem="<p>نص المراجعة</p>")
    with pytest.raises(ValidationError):
        domain.send(contribution, proposal_of(contribution))
    contribution.page.refresh_from_db()
    assert contribution.page.get_latest_revision_as_object().problem == "<p>نص المراجعة</p>"


def test_publication_is_told_and_credited(participant, facilitator, committed):
    contribution = sent(participant)
    mail.outbox.clear()
    with committed():
        task_of(contribution).approve(user=facilitator)
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.PUBLISHED
    assert contribution.page.live
    assert contribution.page.credit == "Name"
    letters = [letter for letter in mail.outbox if letter.to == [participant.email]]
    assert len(letters) == 1
    assert TITLE in letters[0].body
    assert "/cms/" not in letters[0].body


@pytest.mark.parametrize("act", ["publish", "cancel", "delete"])
def test_whatever_reviewers_do_in_the_cms_is_followed(participant, facilitator, act):
    contribution = sent(participant)
    page = contribution.page
    if act == "publish":
        page.get_latest_revision().publish(user=facilitator)
    elif act == "cancel":
        page.current_workflow_state.cancel(user=facilitator)
    else:
        page.delete()
    contribution.refresh_from_db()
    expected = {"publish": "published", "cancel": "returned", "delete": "declined"}
    assert contribution.state == expected[act]
    assert contribution.data["title"] == TITLE


def test_a_contribution_that_is_declined_says_why(participant, facilitator):
    contribution = sent(participant)
    mail.outbox.clear()
    domain.decline(contribution, facilitator, "توجد من قبل")
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.DECLINED
    assert "توجد من قبل" in mail.outbox[-1].body
    assert not WorkflowState.objects.active().exists()
    with pytest.raises(PermissionDenied):
        domain.decline(contribution, participant, "")


def test_nothing_is_sent_twice_or_changed_while_it_is_read(participant):
    contribution = written(participant)
    proposal = proposal_of(contribution)
    domain.send(contribution, proposal)
    with pytest.raises(ValidationError):
        domain.send(contribution, proposal)
    with pytest.raises(ValidationError):
        domain.keep(contribution, {"title": "x"})
    assert PracticePage.objects.count() == 1


def test_who_takes_back_what_was_sent_keeps_the_words(participant):
    contribution = sent(participant)
    assert domain.withdraw(contribution)
    contribution.refresh_from_db()
    assert (contribution.state, contribution.page) == (ContributionState.DRAFT, None)
    assert not PracticePage.objects.exists()
    domain.send(contribution, proposal_of(contribution))
    assert PracticePage.objects.count() == 1


def test_a_draft_is_deleted_for_good_with_its_files(participant, committed):
    contribution = written(participant)
    file = contribution_files.add_file(contribution, ContentFile(b"%PDF-1"), "a.pdf", "")
    with committed():
        assert not domain.withdraw(contribution)
    assert not Contribution.objects.exists()
    assert not file.file.storage.exists(file.file.name)


@pytest.mark.parametrize(("trusted", "verified", "allowed"), [(True, True, True), (True, False, False), (False, True, False)])
def test_only_verified_members_of_trusted_associations_publish_directly(participant, trusted, verified, allowed):
    association = OrganisationFactory(trusted=trusted)
    moment = timezone.now() if verified else None
    Membership.objects.create(person=participant, organisation=association, verified_at=moment)
    contribution = written(participant, organisation=association.slug)
    contribution_files.add_file(contribution, ContentFile(b"%PDF-1"), "a.pdf", "العريضة")
    if not allowed:
        with pytest.raises(PermissionDenied):
            domain.send(contribution, proposal_of(contribution), directly=True)
        return
    done = domain.send(contribution, proposal_of(contribution), directly=True)
    page = PracticePage.objects.get()
    assert page.live
    assert [piece.title for piece in page.evidence.all()] == ["العريضة"]
    assert page.organisations == [association]
    done.refresh_from_db()
    assert done.state == ContributionState.PUBLISHED


def test_an_association_that_the_portal_does_not_know_is_a_word_to_the_reviewer(participant):
    contribution = sent(participant, organisation_name="جمعية الأمل")
    assert "جمعية الأمل" in Comment.objects.get(page=contribution.page).text
    assert contribution.page.organisations == []


def test_a_person_has_ten_drafts_at_most(participant):
    for _ in range(domain.OPEN_DRAFTS):
        domain.start(participant, "ar")
    with pytest.raises(ValidationError):
        domain.start(participant, "ar")


@pytest.mark.parametrize("title", ["contribute", "!!!", "Une pétition", TITLE])
def test_every_title_has_an_address_of_its_own(participant, title):
    first, second = sent(participant, title=title).page, sent(participant, title=title).page
    assert first.slug != second.slug
    assert "contribute" not in (first.slug, second.slug)


def test_a_letter_that_does_not_leave_is_tried_again(participant):
    from good_practices import tasks

    contribution = sent(participant)
    with (
        mock.patch.object(tasks.letters, "send_news", side_effect=ConnectionRefusedError),
        mock.patch("portal.people.tasks.default_task_backend", mock.Mock(supports_defer=True)),
        mock.patch.object(type(tasks.send_news), "using") as using,
    ):
        assert tasks.send_news.func(contribution.pk, "submitted", 2) is False
    assert using.call_args.kwargs["run_after"] > timezone.now()
    using.return_value.enqueue.assert_called_once_with(contribution.pk, "submitted", 3)


def test_text_survives_the_way_to_the_page_and_back():
    text = "سطر أول\nسطر ثان <و>&\n\nفقرة"
    assert plain(rich(text)) == text
    assert plain("<ul><li>a</li><li>b</li></ul><p>c</p>") == "- a\n- b\n\nc"


def test_a_file_among_the_evidence_is_for_facilitators_until_the_practice_is_public(
    client, participant, facilitator, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    contribution = written(participant)
    file = contribution_files.add_file(contribution, ContentFile(b"%PDF-1"), "a.pdf", "العريضة")
    contribution = domain.send(contribution, proposal_of(contribution))
    file.contribution.refresh_from_db()
    contribution_files.attach(file, facilitator)
    document = get_document_model().objects.get()
    assert client.get(document.url).status_code != 200
    PracticePage.objects.get().get_latest_revision().publish(user=facilitator)
    assert client.get(document.url).status_code == 200
