"""What people ask about their data, and the answers of facilitators."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.people.enums import RequestKind
from portal.people.models import DataRequest, User

MOST_OPEN = 5
"""Requests of one person that may wait at a time."""

ANSWER = "people.change_datarequest"
"""The permission to answer them."""


@transaction.atomic
def ask(person: User, kind: RequestKind, text: str) -> DataRequest:
    """Keep a request, for a facilitator to answer within a month. Raises ValidationError if too many wait."""
    User.objects.select_for_update().get(pk=person.pk)
    if DataRequest.objects.filter(person=person, answered_at=None).count() >= MOST_OPEN:
        raise ValidationError(_("Five of your requests are waiting already: a facilitator will answer them first."))
    return DataRequest.objects.create(person=person, kind=kind, text=text)


@transaction.atomic
def answer(request: DataRequest, facilitator: User, words: str) -> bool:
    """Answer a request and return whether this did it: a colleague's earlier answer stays.

    Raises PermissionDenied if `facilitator` may not, ValidationError if there are no words.
    """
    if not facilitator.has_perm(ANSWER):
        raise PermissionDenied
    if not words:
        raise ValidationError(_("Write the answer: the person reads it."))
    open_still = DataRequest.objects.filter(pk=request.pk, answered_at=None)
    return bool(open_still.update(answered_at=clock.now(), answered_by=facilitator, answer=words))
