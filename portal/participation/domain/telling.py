"""Telling people what was decided about what they wrote: by mail, once the decision is committed."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Any

from django.db import transaction

from portal.participation.models import Ban, Comment
from portal.people.models import User


class News(StrEnum):
    """What there is to tell."""

    PUBLISHED = "published"
    REFUSED = "refused"
    HIDDEN = "hidden"
    REPORTED = "reported"
    RESTORED = "restored"
    UPHELD = "upheld"
    GRANTED = "granted"
    BANNED = "banned"
    UNBANNED = "unbanned"


def tell(news: News, item: Any) -> None:
    """Tell the author of a comment, or the person of a ban, after the commit; tags and what nobody wrote tell nobody."""
    person = item.person if isinstance(item, Ban) else item.author if isinstance(item, Comment) else None
    if person is not None:
        _tell(person, news, item.pk)


def _tell(person: User, news: News, pk: int) -> None:
    from portal.participation.tasks import send_letter  # the task draws the letter from what models say

    if person.is_active and person.email and person.mail_stopped_at is None:
        transaction.on_commit(partial(send_letter.enqueue, person.pk, news.value, pk))
