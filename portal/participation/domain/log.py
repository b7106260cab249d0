"""What is written into the log of decisions, which is only added to."""

from __future__ import annotations

from typing import Any

from portal.participation.enums import ModerationAct
from portal.participation.models import ModerationAction, ModerationReason
from portal.people.models import User

BY_REPORTS = "reports"
"""The reason, in the log, of what the portal itself hides because many reported it."""


def record(
    act: ModerationAct,
    actor: User | None,
    item: Any = None,
    *,
    author: User | None = None,
    reason: ModerationReason | str | None = None,
    note: str = "",
) -> ModerationAction:
    """Write that `actor` (None: the portal itself) did `act` to `item`, within the transaction of the deed itself."""
    author = author or getattr(item, "author", None)
    return ModerationAction.objects.create(
        act=act,
        actor_key=actor.key if actor else None,
        author_key=author.key if author else None,
        target=item._meta.model_name if item is not None else "person",
        target_id=item.pk if item is not None else None,
        reason=reason.code if isinstance(reason, ModerationReason) else reason or "",
        note=note,
    )
