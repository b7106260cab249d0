"""Every write of those who propose a practice, and what follows from the reviewers' decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.log_actions import log
from wagtail.models import Comment, WorkflowState

from good_practices.domain import drafting
from good_practices.domain.contribution_files import attach_all
from good_practices.enums import ContributionState
from good_practices.models import Contribution, PracticePage
from good_practices.tasks import send_news
from portal.base import clock
from portal.people.models import Membership, Organisation, User

OPEN_DRAFTS = 10
EDITABLE = frozenset({ContributionState.DRAFT, ContributionState.RETURNED})
DECLINE = "good_practices.change_contribution"
"""The permission to decline a contribution, and to take its files into the practice."""


@transaction.atomic
def start(person: User, language: str) -> Contribution:
    """Open a new contribution, written in `language`.

    Raises ValidationError if the person has `OPEN_DRAFTS` already.
    """
    User.objects.select_for_update().get(pk=person.pk)
    if Contribution.objects.filter(contributor=person, state=ContributionState.DRAFT).count() >= OPEN_DRAFTS:
        raise ValidationError(_("You have %(count)d drafts: send or delete one first.") % {"count": OPEN_DRAFTS})
    return Contribution.objects.create(contributor=person, language=language)


@transaction.atomic
def keep(contribution: Contribution, words: Mapping[str, Any]) -> Contribution:
    """Keep what was written of some fields, right or not, beside what is there; return the contribution as it is now.

    Raises ValidationError if it is with the reviewers, or settled.
    """
    locked = _locked(contribution)
    if locked.state not in EDITABLE:
        raise ValidationError(_("This practice has been sent: it cannot be changed now."))
    locked.data = {**locked.data, **words}
    locked.save(update_fields=["data", "updated_at"])
    return locked


def may_publish(person: User, organisation: Organisation | None) -> bool:
    """Tell whether `person` may publish for `organisation` without a review: a verified member of a trusted one."""
    if organisation is None or not organisation.trusted:
        return False
    return Membership.objects.filter(person=person, organisation=organisation, verified_at__isnull=False).exists()


@transaction.atomic
def send(contribution: Contribution, proposal: Mapping[str, Any], *, directly: bool = False) -> Contribution:
    """Make a checked proposal the draft of a practice and give it to the reviewers, or publish it `directly`.

    A proposal that was returned becomes a new revision of its page, with the contributor's changes only.
    Raises ValidationError if it was sent already, or if a reviewer has changed meanwhile what the contributor changed;
    PermissionDenied if it may not be published directly.
    """
    locked = _locked(contribution)
    person = locked.contributor
    if locked.state not in EDITABLE:
        raise ValidationError(_("This practice has been sent already."))
    if directly and not may_publish(person, proposal["organisation"]):
        raise PermissionDenied
    page = _rewritten(locked, proposal) if locked.page else drafting.new_page(locked, proposal)
    revision = page.save_revision(user=person, log_action=True)
    _name_association(page, revision, locked, proposal)
    locked.page, locked.organisation, locked.submitted_at = page, proposal["organisation"], clock.now()
    locked.state = ContributionState.SUBMITTED
    _remember(locked, page)
    locked.save()
    if directly:
        _publish(locked, page, person)
    else:
        _submit(page, person)
        _tell(locked)
    return locked


def _rewritten(contribution: Contribution, proposal: Mapping[str, Any]) -> PracticePage:
    """Return the latest draft with what the contributor changed since it was returned."""
    if bring_in_review(contribution):  # `look_again` shows and notes it: then it may be sent
        raise ValidationError(_("A reviewer has changed the same parts meanwhile: read them again, then send."), code="moved")
    page = _draft_of(contribution)
    seen = contribution.data.get("review", {}).get("mine", {})
    drafting.write(page, proposal, [name for name in drafting.MERGED if contribution.data.get(name) != seen.get(name)])
    return page


def _draft_of(contribution: Contribution) -> PracticePage:
    if contribution.page is None:
        raise PracticePage.DoesNotExist
    draft: PracticePage = contribution.page.get_latest_revision_as_object()
    return draft


def _name_association(page: PracticePage, revision: Any, contribution: Contribution, proposal: Mapping[str, Any]) -> None:
    """Tell reviewers of an association that the portal does not know: they make it when they publish."""
    name = proposal["organisation_name"]
    text = f"{_('The contributor names an association that is to be added:')} {name}"
    if name and not Comment.objects.filter(page=page, user=contribution.contributor, text=text).exists():
        who = {"user": contribution.contributor, "revision_created": revision}
        Comment.objects.create(page=page, text=text, contentpath="title", **who)


def _remember(contribution: Contribution, page: PracticePage, **more: Any) -> None:
    """Note what both sides see now, so that later changes can be told apart."""
    mine = {name: contribution.data.get(name) for name in drafting.MERGED}
    contribution.data = {**contribution.data, "review": {"base": drafting.words_of_page(page), "mine": mine, **more}}


def _submit(page: PracticePage, person: User) -> None:
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=person)
    elif state is None and (workflow := page.get_workflow()):
        state = workflow.start(page, person)
        # Wagtail would write to who asked, with addresses of the CMS, which participants cannot open: we write ourselves.
        WorkflowState.objects.filter(pk=state.pk).update(requested_by=None)


def _publish(contribution: Contribution, page: PracticePage, person: User) -> None:
    """Publish at once, evidence included; the page's history says who did it."""
    attach_all(contribution, person)
    page.refresh_from_db()
    if state := page.current_workflow_state:
        state.cancel(user=person)
    page.get_latest_revision().publish(user=person, skip_permission_checks=True)
    log(instance=page, action="good_practices.publish_directly", user=person)


def bring_in_review(contribution: Contribution) -> list[str]:
    """Take over what reviewers changed in the draft since both sides saw the same; saving is the caller's.

    Return the names of fields that both changed: there the contributor's words stay, with the reviewer's beside them.
    """
    if contribution.page is None:
        return []
    review = contribution.data.get("review", {})
    base, mine = review.get("base", {}), dict(review.get("mine", {}))
    now = drafting.words_of_page(_draft_of(contribution))
    data, theirs, replaced = dict(contribution.data), dict(review.get("theirs", {})), dict(review.get("replaced", {}))
    both = []
    for name in drafting.MERGED:
        if now[name] == base.get(name):
            continue
        if data.get(name) == mine.get(name):
            replaced[name] = data.get(name)
            data[name] = mine[name] = now[name]
        else:
            theirs[name] = now[name]
            both.append(name)
    data["review"] = {**review, "base": now, "mine": mine, "theirs": theirs, "replaced": replaced}
    contribution.data = data
    return both


@transaction.atomic
def look_again(contribution: Contribution) -> Contribution:
    """Take over what reviewers changed of a returned contribution, and return it as it is now."""
    locked = _locked(contribution)
    bring_in_review(locked)
    locked.save(update_fields=["data"])
    return locked


@transaction.atomic
def withdraw(contribution: Contribution) -> bool:
    """Take back what was sent: its draft goes, the words stay with their author; a draft is deleted. Return whether it is left.

    Raises ValidationError if it is public.
    """
    locked = _locked(contribution)
    page = locked.page
    if locked.state == ContributionState.PUBLISHED or (page and page.live):
        raise ValidationError(_("It is public: write to the team of the portal to take it back."))
    if locked.state in (ContributionState.DRAFT, ContributionState.DECLINED):
        for file in locked.files.all():
            _forget_file(file)
        locked.delete()
        return False
    locked.page, locked.state, locked.submitted_at = None, ContributionState.DRAFT, None
    locked.data = {name: value for name, value in locked.data.items() if name != "review"}
    locked.save()
    if page:
        DeletePageAction(page, user=locked.contributor).execute(skip_permission_checks=True)
    return True


@transaction.atomic
def discard(contribution: Contribution) -> None:
    """Delete a contribution with its files, and its draft where that is not public: its author leaves the portal."""
    page, person = contribution.page, contribution.contributor
    for file in contribution.files.all():
        _forget_file(file)
    contribution.delete()
    if page and not page.live:
        DeletePageAction(page, user=person).execute(skip_permission_checks=True)


def _forget_file(file: Any) -> None:
    transaction.on_commit(lambda: file.file.delete(save=False), robust=True)


@transaction.atomic
def decline(contribution: Contribution, reviewer: User, reason: str) -> None:
    """Say no to what was sent, with the reason; its draft stays in the CMS, out of the workflow.

    Raises PermissionDenied if `reviewer` may not, ValidationError if it is not with the reviewers.
    """
    if not reviewer.has_perm(DECLINE):
        raise PermissionDenied
    locked = _locked(contribution)
    if locked.state not in (ContributionState.SUBMITTED, ContributionState.RETURNED):
        raise ValidationError(_("It is not being reviewed."))
    locked.state = ContributionState.DECLINED
    _comment(locked, reason)
    locked.save(update_fields=["state", "data", "updated_at"])
    if locked.page and (state := locked.page.current_workflow_state):
        state.cancel(user=reviewer)
    _tell(locked)


@transaction.atomic
def returned(page: PracticePage, comment: str) -> None:
    """Give what was sent back to its contributor: a reviewer asked for changes."""
    for contribution in _under_review(page):
        contribution.state = ContributionState.RETURNED
        bring_in_review(contribution)
        _comment(contribution, comment)
        contribution.save(update_fields=["state", "data", "updated_at"])
        _tell(contribution)


@transaction.atomic
def published(page: PracticePage) -> None:
    """Tell who proposed a practice that it is public."""
    states = (ContributionState.SUBMITTED, ContributionState.RETURNED, ContributionState.DECLINED)
    for contribution in Contribution.objects.select_related("contributor").filter(page=page, state__in=states):
        contribution.state = ContributionState.PUBLISHED
        contribution.save(update_fields=["state", "updated_at"])
        _tell(contribution)


@transaction.atomic
def draft_deleted(page: PracticePage) -> None:
    """Tell who proposed a practice that its draft was deleted in the CMS; their words stay with them."""
    for contribution in _under_review(page):
        contribution.state, contribution.page = ContributionState.DECLINED, None
        _comment(contribution, "")
        contribution.save(update_fields=["state", "page", "data", "updated_at"])
        _tell(contribution)


def _under_review(page: PracticePage) -> Any:
    states = (ContributionState.SUBMITTED, ContributionState.RETURNED)
    return Contribution.objects.select_related("contributor", "page").filter(page=page, state__in=states)


def _comment(contribution: Contribution, text: str) -> None:
    review = contribution.data.get("review", {})
    contribution.data = {**contribution.data, "review": {**review, "comment": text}}


def _locked(contribution: Contribution) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("contributor", "page")
    return rows.get(pk=contribution.pk)


def _tell(contribution: Contribution) -> None:
    """Write to the contributor. The task is a row of the same transaction, and comes back until the letter has left."""
    send_news.enqueue(contribution.pk, contribution.state)
