from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, post_page_move

from good_practices import domain
from good_practices.domain.facts import keep_facts, keys_below
from good_practices.models import PracticePage
from good_practices.models.base import practice_written
from portal.people.models import Organisation
from search.domain import enqueue


def connect() -> None:
    """Announce a practice when it is published, and tell search of organisations that changed, from wherever that is done."""
    page_published.connect(_announce, sender=PracticePage, dispatch_uid="announce_practice")
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
