"""Following up: the associations that carried a practice say what has happened since, reviewed or, where trusted, at once."""

from __future__ import annotations

import datetime
import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from good_practices.domain.evidence import keep_document
from good_practices.enums import StageKind
from good_practices.forms.stages import outcome_error
from good_practices.models import PracticePage, PracticeStage
from good_practices.permissions import carried_by
from good_practices.procedure import Fault, Step, faults, steps_of
from portal.base import clock
from portal.people.models import User


@dataclass(frozen=True, slots=True)
class Update:
    """What an association reports: a new stage (with `kind` and `date`), another outcome, words to add to the result."""

    kind: str = ""
    date: datetime.date | None = None
    note: str = ""
    link: str = ""
    file: UploadedFile | None = None
    outcome: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person's last update of a practice stands: a status of Wagtail's workflow, and what the reviewer wrote."""

    status: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class _Basis:
    """What an update is added to, and the stage of a returned update that it takes the place of."""

    draft: PracticePage
    replaced: PracticeStage | None = None


@transaction.atomic
def follow_up(page: PracticePage, person: User, update: Update) -> bool:
    """Add an update to a practice as `person`; return whether it is public at once.

    It is where an organisation of theirs is trusted and nothing else of the page waits; else facilitators review it, with
    whatever draft there is. Raises PermissionDenied where no organisation of theirs carried the practice, ValidationError
    (by field) where a stage cannot be, also because another member was faster.
    """
    current = PracticePage.objects.select_for_update().get(pk=page.pk)
    organisations = carried_by(current, person)
    if not organisations:
        raise PermissionDenied
    if current.locked:
        raise ValidationError(_("A facilitator is working on this practice: please send it again later."))
    trusted = any(organisation.trusted for organisation in organisations)
    at_once = trusted and not current.has_unpublished_changes and current.current_workflow_state is None
    basis = _basis(current, person)
    _apply(basis, update, person)
    revision = basis.draft.save_revision(user=person, log_action=True, clean=False)
    if at_once:
        revision.publish(user=person, skip_permission_checks=True)
    else:
        _submit(current, person)
    return at_once


def next_kinds(page: PracticePage, person: User) -> list[StageKind]:
    """Return the stages that can come next, by the law's order, after those that are there or wait."""
    steps = _steps(_basis(page, person).draft)
    day = max((step.date for step in steps), default=datetime.date.min)
    return [kind for kind in steps_of(page.instrument) if not _fault(page.instrument, steps, Step(kind, day), day)]


def standing(page: PracticePage, person: User) -> Standing | None:
    """Return where the review of a page stands, of others only that one waits; None where there is nothing to say."""
    state = page.workflow_states.select_related("current_task_state").order_by("-created_at", "-pk").first()
    if state is None or (state.requested_by_id != person.pk and state.status != WorkflowState.STATUS_IN_PROGRESS):
        return None
    task = state.current_task_state
    told = state.status == WorkflowState.STATUS_NEEDS_CHANGES and task is not None
    return Standing(state.status, task.comment if told else "")


def returned(page: PracticePage, person: User) -> dict[str, Any]:
    """Return the fields of an update that a reviewer gave back to `person`, to be sent again; empty where there is none."""
    basis = _basis(page, person)
    if not _is_returned(page, person):
        return {}
    draft, stage = page.get_latest_revision_as_object(), basis.replaced
    fields = {"kind": stage.kind, "date": stage.date, "note": stage.note, "link": stage.link} if stage else {}
    added = draft.result.removeprefix(page.result).replace("</p><p>", "\n\n")
    text = html.unescape(added.removeprefix("<p>").removesuffix("</p>"))
    return {**fields, "outcome": draft.outcome, "result": text}


def _is_returned(page: PracticePage, person: User) -> bool:
    state = page.current_workflow_state
    latest = page.latest_revision
    return (
        state is not None
        and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        and state.requested_by_id == person.pk
        and latest is not None
        and latest.user_id == person.pk
    )


def _basis(page: PracticePage, person: User) -> _Basis:
    """Return the latest draft; without the update that was returned to `person`, which the next takes the place of."""
    draft = page.get_latest_revision_as_object()
    if not _is_returned(page, person):
        return _Basis(draft)
    public = {stage.translation_key for stage in page.stages.all()}
    mine = [stage for stage in draft.stages.all() if stage.translation_key not in public]
    draft.stages.set([stage for stage in draft.stages.all() if stage.translation_key in public])
    draft.outcome, draft.result = page.outcome, page.result
    return _Basis(draft, mine[-1] if mine else None)


def _apply(basis: _Basis, update: Update, person: User) -> None:
    draft = basis.draft
    if update.kind and update.date:
        _add_stage(basis, update, update.date, person)
    draft.outcome = update.outcome or draft.outcome
    paragraphs = [part.strip() for part in update.result.split("\n\n") if part.strip()]
    draft.result += format_html_join("", "<p>{}</p>", ((part,) for part in paragraphs))
    if error := outcome_error(draft.outcome, [stage.kind for stage in draft.stages.all()]):
        raise ValidationError({"outcome": error})


def _add_stage(basis: _Basis, update: Update, date: datetime.date, person: User) -> None:
    draft = basis.draft
    fault = _fault(draft.instrument, _steps(draft), Step(update.kind, date), timezone.localdate(clock.now()))
    if fault:
        raise ValidationError(stage_fault(fault))
    document = keep_document(update.file, person) if update.file else basis.replaced and basis.replaced.document
    order = max((stage.sort_order or 0 for stage in draft.stages.all()), default=-1) + 1
    draft.stages.add(
        PracticeStage(
            kind=update.kind,
            date=date,
            note=update.note,
            link=update.link,
            document=document or None,
            sort_order=order,
            locale=draft.locale,
        )
    )


def _steps(page: PracticePage) -> list[Step]:
    return [Step(stage.kind, stage.date) for stage in page.stages.all()]


def _fault(instrument: str, before: Sequence[Step], step: Step, today: datetime.date) -> Fault | None:
    """Return why `step` cannot follow the others, whose own faults are not this person's."""
    return dict(faults(instrument, [*before, step], today)).get(len(before))


def stage_fault(fault: Fault) -> dict[str, str]:
    """Return, by field of the form, why a stage cannot be."""
    return {
        Fault.NOT_FOR_INSTRUMENT: {"kind": _("This stage does not belong to this instrument.")},
        Fault.TWICE: {"kind": _("This stage is there already: perhaps another member was faster.")},
        Fault.OUT_OF_ORDER: {"kind": _("A later stage is there already.")},
        Fault.AFTER_REJECTION: {"kind": _("Nothing follows a rejection, and what was found admissible is not rejected.")},
        Fault.BEFORE_PREVIOUS: {"date": _("This date is before that of an earlier stage.")},
        Fault.IN_FUTURE: {"date": _("This date is in the future.")},
    }[fault]


def _submit(page: PracticePage, person: User) -> None:
    """Hand the latest draft to the facilitators; to a review that is under way it is simply added."""
    state = page.current_workflow_state
    workflow = page.get_workflow()
    if state is None and workflow:
        workflow.start(page, person)
    elif state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=person)
