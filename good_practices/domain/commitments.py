"""Keeping track of promises."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from good_practices.enums import CommitmentStatus
from good_practices.models import Commitment
from portal.base import clock


@transaction.atomic
def keep_commitment(commitment: Commitment) -> None:
    """Save a promise; a change of its status is dated, today where no day is given, and one that is open again has no day."""
    before = Commitment.objects.filter(pk=commitment.pk).values_list("status", "settled_on").first() if commitment.pk else None
    if commitment.status == CommitmentStatus.PENDING:
        commitment.settled_on = None
    elif commitment.settled_on is None or (before and before[0] != commitment.status and before[1] == commitment.settled_on):
        commitment.settled_on = timezone.localdate(clock.now())
    commitment.save()
