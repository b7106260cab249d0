from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, WorkflowState
from wagtail.signals import page_published, post_page_move, workflow_cancelled, workflow_rejected

from good_practices import domain
from good_practices.domain import contributing
from good_practices.domain.facts import keep_facts, keys_below
from good_practices.models import PracticePage
from good_practices.models.base import practice_written
from portal.people.models import Organisation
from search.domain import enqueue


def connect() -> None:
    """Announce a practice when it is published, and tell search of organisations that changed, from wherever that is done."""
    page_published.connect(_announce, sender=PracticePage, dispatch_uid="announce_practice")
    page_published.connect(_contribution_published, sender=PracticePage, dispatch_uid="contribution_published")
    pre_delete.connect(_draft_deleted, sender=PracticePage, dispatch_uid="contribution_draft_deleted")
    workflow_rejected.connect(_changes_asked, dispatch_uid="contribution_returned")
    workflow_cancelled.connect(_review_stopped, dispatch_uid="contribution_review_stopped")
    post_save.connect(_organisation_changed, sender=Organisation, dispatch_uid="good_practices.organisation")
    _connect_facts()


def _connect_facts() -> None:
    """Count practices anew wherever one becomes public, changes or is public no more."""
    practice_written.connect(_written, dispatch_uid="good_practices.facts.written")
    for model, uid in ((Page, "page"), (PracticePage, "practice")):
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"good_practices.facts.{uid}_deleted")
    post_save.connect(_plain_page_written, sender=Page, dispatch_uid="good_practices.facts.page_written")
    post_page_move.connect(_moved, dispatch_uid="good_practices.facts.moved")
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="good_practices.facts.restriction")


def _written(key: UUID, **kwargs: Any) -> None:
    keep_facts([key])


def _plain_page_written(instance: Page, **kwargs: Any) -> None:
    """Wagtail may save a page without its specific class."""
    if issubclass(instance.specific_class or Page, PracticePage):
        keep_facts([instance.translation_key])


def _deleted(instance: Page, **kwargs: Any) -> None:
    if issubclass(instance.specific_class or Page, PracticePage):
        keep_facts([instance.translation_key])


def _moved(instance: Page, **kwargs: Any) -> None:
    keep_facts(keys_below(instance.path))


def _restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction holds for a page and all below it."""
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path:
        keep_facts(keys_below(path))


def _announce(sender: type[PracticePage], instance: PracticePage, **kwargs: Any) -> None:
    domain.announce(instance)


def _organisation_changed(instance: Organisation, created: bool, **kwargs: Any) -> None:
    """The search documents of practices hold the names and slugs of the organisations that asked and were asked."""
    if not created:
        named = Q(practice_organisations__organisation=instance) | Q(authority=instance)
        enqueue(map(str, PracticePage.objects.filter(named).values_list("translation_key", flat=True).distinct()))
        keep_facts(PracticePage.objects.filter(authority=instance).values_list("translation_key", flat=True).distinct())


def _contribution_published(sender: type[PracticePage], instance: PracticePage, **kwargs: Any) -> None:
    contributing.published(instance)


def _draft_deleted(instance: PracticePage, **kwargs: Any) -> None:
    contributing.draft_deleted(instance)


def _changes_asked(instance: WorkflowState, **kwargs: Any) -> None:
    """Wagtail's "request changes": what the reviewer said goes to the contributor."""
    if isinstance(page := _page_of(instance), PracticePage):
        task = instance.current_task_state
        contributing.returned(page, task.comment if task else "")


def _review_stopped(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Wagtail's "cancel workflow", by a reviewer and not because the page was published, gives the words back too."""
    page = _page_of(instance)
    if isinstance(page, PracticePage) and not page.live and (user is None or user.pk != page.contributor_id):
        contributing.returned(page, "")


def _page_of(state: WorkflowState) -> Any:
    """Return the page of a workflow as it is stored now."""
    if state.content_type_id != ContentType.objects.get_for_model(PracticePage).pk:
        return None
    return PracticePage.objects.filter(pk=state.object_id).first()
