from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from wagtail.signals import page_published

from good_practices import domain
from good_practices.models import PracticePage
from portal.people.models import Organisation
from search.domain import enqueue


def connect() -> None:
    """Announce a practice when it is published, and tell search of organisations that changed, from wherever that is done."""
    page_published.connect(_announce, sender=PracticePage, dispatch_uid="announce_practice")
    post_save.connect(_organisation_changed, sender=Organisation, dispatch_uid="good_practices.organisation")


def _announce(sender: type[PracticePage], instance: PracticePage, **kwargs: Any) -> None:
    domain.announce(instance)


def _organisation_changed(instance: Organisation, created: bool, **kwargs: Any) -> None:
    """The search documents of practices hold the names and slugs of the organisations that asked and were asked."""
    if not created:
        named = Q(practice_organisations__organisation=instance) | Q(authority=instance)
        enqueue(map(str, PracticePage.objects.filter(named).values_list("translation_key", flat=True).distinct()))
