"""Who belongs to which organisation: a person asks, a facilitator verifies or declines."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.people.enums import MembershipRole
from portal.people.models import Membership, Organisation, User
from portal.people.tasks import send_membership_answer

MOST_WAITING = 10
"""Requests of one person that may wait at a time."""


@transaction.atomic
def ask_membership(person: User, organisation: Organisation, role: MembershipRole) -> Membership:
    """Ask on behalf of `person` to be a member of `organisation`; after a refusal, ask again.

    A request that waits takes the new role; a verified membership stays as it is. Raises ValidationError if too many wait.
    """
    User.objects.select_for_update().get(pk=person.pk)
    mine = Membership.objects.filter(person=person)
    found = mine.filter(organisation=organisation).first()
    if found and found.is_verified:
        return found
    if (found is None or found.declined_at) and mine.waiting().count() >= MOST_WAITING:
        raise ValidationError(_("Ten of your requests are waiting already: a facilitator will answer them first."))
    membership = found or Membership(person=person, organisation=organisation)
    membership.role, membership.declined_at, membership.answer = role, None, ""
    membership.asked_at = clock.now()
    membership.save()
    return membership


def withdraw_membership(person: User, pk: int) -> bool:
    """Take back a request of `person`, or leave the organisation; return whether there was anything to take back."""
    return bool(Membership.objects.filter(person=person, pk=pk).delete()[0])


def verify_membership(membership: Membership, facilitator: User) -> None:
    """Let the membership count from now on, and tell the person; one that counts already stays as it is."""
    waiting = Membership.objects.filter(pk=membership.pk, verified_at=None)
    if waiting.update(verified_at=clock.now(), verified_by=facilitator, declined_at=None, answer=""):
        send_membership_answer.enqueue(membership.pk)


def decline_membership(membership: Membership, facilitator: User, answer: str = "") -> None:
    """Refuse a membership, or take a verified one away; `answer` tells the person why, by e-mail too."""
    found = Membership.objects.filter(pk=membership.pk)
    if found.update(declined_at=clock.now(), verified_at=None, verified_by=facilitator, answer=answer):
        send_membership_answer.enqueue(membership.pk)


def verified_organisations(person: User) -> list[int]:
    """Return the primary keys of the organisations of which `person` is a verified member."""
    return list(Membership.objects.verified().filter(person=person).values_list("organisation_id", flat=True))
