"""What moderators decide."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.base import clock
from portal.participation.models import Moderated, Tagging
from portal.people.models import User
from search.domain import enqueue


@transaction.atomic
def hide(item: Moderated, moderator: User) -> None:
    """Hide a comment or a given tag from the public; who wrote it and when are kept.

    Raises PermissionDenied if `moderator` may not.
    """
    _require(moderator, item)
    item.hidden_at, item.hidden_by = clock.now(), moderator
    _save_visibility(item)


@transaction.atomic
def restore(item: Moderated, moderator: User) -> None:
    """Show a hidden comment or tag again.

    Raises PermissionDenied if `moderator` may not.
    """
    _require(moderator, item)
    item.hidden_at = item.hidden_by = None
    _save_visibility(item)


def _require(moderator: User, item: Moderated) -> None:
    meta = item._meta
    if not moderator.has_perm(f"{meta.app_label}.moderate_{meta.model_name}"):
        raise PermissionDenied


def _save_visibility(item: Moderated) -> None:
    item.save(update_fields=["hidden_at", "hidden_by"])
    if isinstance(item, Tagging):
        enqueue([str(item.subject.translation_key)])
