"""That people find comments useful."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.participation.models import Comment, Vote
from portal.people.models import User


@transaction.atomic
def find_useful(comment: Comment, person: User) -> None:
    """Count `person` among those who find `comment` useful; once, however often they say it.

    Raises ValidationError if it is their own, or cannot be read by everybody.
    """
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    if not locked.is_seen:
        raise ValidationError(_("The comment is not there any more."))
    if locked.author_id == person.pk:
        raise ValidationError(_("This comment is yours: others say whether it is useful."))
    Vote.objects.get_or_create(comment=locked, voter=person)
    _count(locked, comment)


@transaction.atomic
def find_useful_no_more(comment: Comment, person: User) -> None:
    """Take that back; where it was not said, nothing changes."""
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    Vote.objects.filter(comment=locked, voter=person).delete()
    _count(locked, comment)


def _count(locked: Comment, comment: Comment) -> None:
    """Keep how many they are, while nobody else can change it."""
    locked.useful_count = comment.useful_count = locked.votes.count()
    locked.save(update_fields=["useful_count"])
