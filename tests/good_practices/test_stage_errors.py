"""Impossible stages are refused on their own row, in the reader's language; a draft is saved as it stands."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from good_practices.enums import Outcome, StageKind
from good_practices.forms import outcome_error, stage_errors
from good_practices.forms.stages import ImpossiblePracticeError
from good_practices.models import PracticePage
from portal.vocabulary.enums import Instrument
from tests.factories import PracticePageFactory
from tests.good_practices.test_publishing import add_url, desk, form  # noqa: F401 - fixtures

FILED, CHECKED, ADMITTED, REJECTED = StageKind.FILED, StageKind.CHECKED, StageKind.ACCEPTED, StageKind.REJECTED


def stages(*pairs):
    return [SimpleNamespace(kind=kind, date=date and datetime.date.fromisoformat(date)) for kind, date in pairs]


@pytest.mark.parametrize(
    ("instrument", "told", "wrong"),
    [
        (Instrument.PETITION, [(FILED, "2019-01-01"), (CHECKED, "2019-02-01"), (ADMITTED, "2019-03-01")], []),
        (Instrument.MEMORANDUM, [(FILED, "2019-01-01"), (CHECKED, "2019-02-01")], [1]),
        (Instrument.PETITION, [(FILED, "2019-01-01"), (FILED, "2019-02-01")], [1]),
        (Instrument.PETITION, [(FILED, "2019-03-01"), (CHECKED, "2019-02-01")], [1]),
        (Instrument.PETITION, [(CHECKED, "2019-01-01"), (FILED, "2019-02-01")], [1]),
        (Instrument.PETITION, [(REJECTED, "2019-01-01"), (ADMITTED, "2019-02-01")], [1]),
        (Instrument.PETITION, [(FILED, "2999-01-01")], [0]),
        (Instrument.PETITION, [(FILED, None), ("forged", "2019-01-01"), (FILED, "2999-01-01")], [2]),
        ("forged", [(FILED, "2019-01-01")], []),
    ],
)
def test_each_impossible_stage_is_named_by_its_position(instrument, told, wrong):
    assert list(stage_errors(instrument, stages(*told))) == wrong


def test_the_message_is_in_the_readers_language():
    with translation.override("en"):
        assert stage_errors(Instrument.PETITION, stages((FILED, "2999-01-01"))) == {0: "This date is in the future."}


@pytest.mark.parametrize(
    ("outcome", "kinds", "refused"),
    [
        (Outcome.CARRIED_OUT, [FILED, REJECTED], True),
        (Outcome.ACCEPTED, [REJECTED], True),
        (Outcome.PARTLY_ACCEPTED, [REJECTED], False),
        (Outcome.REJECTED, [StageKind.CARRIED_OUT], True),
        (Outcome.REJECTED, [FILED, StageKind.DELIBERATED], False),
        (Outcome.CARRIED_OUT, [FILED], False),
    ],
)
def test_an_outcome_agrees_with_the_stages(outcome, kinds, refused):
    assert bool(outcome_error(outcome, kinds)) is refused


SECOND = {
    "stages-TOTAL_FORMS": "2",
    "stages-1-kind": "checked",
    "stages-1-date": "2018-01-01",
    "stages-1-note": "",
    "stages-1-ORDER": "2",
    "stages-1-id": "",
    "stages-1-DELETE": "",
}


def test_the_form_refuses_a_stage_on_its_row(desk, portal_site, form):  # noqa: F811
    response = desk.post(add_url(portal_site), {**form, **SECOND, "action-publish": "1"})
    rows = response.context["form"].formsets["stages"].forms
    assert not PracticePage.objects.exists()
    assert [dict(row.errors) for row in rows] == [{}, {"date": ["This date is before that of an earlier stage."]}]
    assert "This date is before that of an earlier stage." in response.content.decode()


def test_the_order_is_the_facilitators_not_that_of_the_rows(desk, portal_site, form):  # noqa: F811
    swapped = {**SECOND, "stages-0-ORDER": "2", "stages-1-ORDER": "1"}
    response = desk.post(add_url(portal_site), {**form, **swapped, "action-publish": "1"})
    rows = response.context["form"].formsets["stages"].forms
    assert [list(row.errors) for row in rows] == [["kind"], []]


def test_a_stage_that_is_taken_out_is_not_looked_at(desk, portal_site, form):  # noqa: F811
    response = desk.post(add_url(portal_site), {**form, **SECOND, "stages-1-DELETE": "1", "action-publish": "1"})
    assert response.status_code == 302


def test_the_outcome_is_refused_beside_a_rejection(desk, portal_site, form):  # noqa: F811
    rejected = {**SECOND, "stages-1-kind": "rejected", "stages-1-date": "2019-02-01", "outcome": "carried_out"}
    response = desk.post(add_url(portal_site), {**form, **rejected, "action-publish": "1"})
    assert list(response.context["form"].errors) == ["outcome"]


def test_a_draft_is_saved_as_it_stands_and_refused_when_it_is_published(desk, portal_site, form):  # noqa: F811
    assert desk.post(add_url(portal_site), {**form, **SECOND}).status_code == 302
    page = PracticePage.objects.get()
    assert not page.live
    revision = page.get_latest_revision_as_object()
    rows = {f"stages-{place}-id": str(stage.pk or "") for place, stage in enumerate(revision.stages.all())}
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = desk.post(edit, {**form, **SECOND, **rows, "action-publish": "1"})
    page.refresh_from_db()
    assert (response.status_code, page.live) == (200, False)


@pytest.fixture
def impossible(portal_site):
    """A draft whose second stage lies before the first, with its revision."""
    pairs = [(FILED, "2019-03-01"), (CHECKED, "2019-02-01")]
    page = PracticePageFactory(parent=portal_site.libraries["ar"], live=False, stages=pairs)
    page.save_revision()
    return page


def test_publishing_in_bulk_keeps_the_order_and_says_why_on_the_practice(desk, impossible):  # noqa: F811
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = desk.post(f"{address}?id={impossible.pk}&next=/cms/")
    edit = reverse("wagtailadmin_pages:edit", args=[impossible.pk])
    assert response.url == edit
    assert "cannot be published" in desk.get(edit).content.decode()
    assert not PracticePage.objects.get(pk=impossible.pk).live


def test_a_dialogue_of_the_cms_is_led_to_the_practice(desk, facilitator, impossible):  # noqa: F811
    impossible.get_workflow().start(impossible, facilitator)
    task = impossible.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[impossible.pk, "approve", task.pk])
    response = desk.post(address, {"comment": ""}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.json() == {"step": "success", "redirect": reverse("wagtailadmin_pages:edit", args=[impossible.pk])}
    assert not PracticePage.objects.get(pk=impossible.pk).live


def test_neither_an_hour_nor_an_action_without_a_form_publishes_impossible_stages(impossible):
    page = impossible.get_latest_revision_as_object()
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    for revision in (page.save_revision(), impossible.get_latest_revision()):
        with pytest.raises(ImpossiblePracticeError):
            revision.publish()
    with pytest.raises(ImpossiblePracticeError):
        PublishPageRevisionAction(impossible.revisions.first()).execute()
    assert not PracticePage.objects.filter(live=True).exists()
    assert not impossible.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_what_is_public_already_can_be_saved_for_other_reasons(portal_site):
    page = PracticePageFactory(parent=portal_site.libraries["ar"], stages=[(FILED, "2019-03-01"), (CHECKED, "2019-02-01")])
    page.title = "عنوان آخر"
    page.save()
    assert PracticePage.objects.get().title == "عنوان آخر"
