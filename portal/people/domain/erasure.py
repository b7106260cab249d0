"""The end of an account: what a person may ask of the portal at any time (law 09-08, articles 8 and 9; GDPR, article 17)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.people.models import User
from portal.people.personal_data import Erasure, entries


@transaction.atomic
def erase_person(person: User, *, with_texts: bool = False) -> None:
    """Erase a person, all or nothing: each entry of `personal_data` says what becomes of its rows.

    With `with_texts` what they wrote in discussions goes too; else it stays, under no name.
    Raises ValidationError for the last person who administers the portal.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.is_superuser and not _other_superusers(locked):
        raise ValidationError(_("You are the last who administers the portal: make somebody else an administrator first."))
    forget(Erasure(locked, with_texts))
    locked.erased = True  # type: ignore[attr-defined]
    locked.delete()


def forget(erasure: Erasure) -> None:
    """Do with all that is kept of a person what is written in the register; the person's own row is left."""
    for entry in entries():
        entry.forget(erasure)


def _other_superusers(person: User) -> bool:
    return User.objects.select_for_update().filter(is_superuser=True, is_active=True).exclude(pk=person.pk).exists()
