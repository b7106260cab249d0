"""A session while it happens: who may join its meeting and when, and what its page says of it just now."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse

from portal.base import clock
from sessions.enums import EvaluationState, JoinState, SessionStatus

if TYPE_CHECKING:
    from sessions.models import SessionPage

JOIN_BEFORE = datetime.timedelta(minutes=15)
"""How long before its start the meeting of a session opens."""

EVALUATION_PERIOD = datetime.timedelta(days=30)
"""How long after its end a session can be evaluated."""


def is_web_address(address: str) -> bool:
    """Return whether `address` is an http or https address with a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def join_state(session: SessionPage) -> JoinState:
    """Return whether the session's meeting can be joined now, by those who are signed in: until its end, not after."""
    now = clock.now()
    if session.status == SessionStatus.CANCELLED:
        return JoinState.CANCELLED
    if now >= session.ends_at:
        return JoinState.OVER
    if not is_web_address(session.live_url):
        return JoinState.NOT_PLANNED
    if now < session.starts_at - JOIN_BEFORE:
        return JoinState.NOT_YET
    return JoinState.FULL if session.room_full else JoinState.OPEN


def evaluation_state(session: SessionPage) -> EvaluationState:
    """Return whether the session can be evaluated now: from its end, for `EVALUATION_PERIOD`."""
    now = clock.now()
    if session.status == SessionStatus.CANCELLED:
        return EvaluationState.CANCELLED
    if now < session.ends_at:
        return EvaluationState.NOT_YET
    return EvaluationState.OPEN if now < session.ends_at + EVALUATION_PERIOD else EvaluationState.CLOSED


def may_facilitate(session: SessionPage, user: Any) -> bool:
    """Return whether `user` runs the session: whoever may publish its page."""
    return bool(user and user.is_authenticated and session.permissions_for_user(user).can_publish())


@dataclass(frozen=True, slots=True)
class Live:
    """What the page of a session says of its meeting just now; the same for everybody who is not signed in."""

    session: SessionPage
    zone: datetime.tzinfo
    join: JoinState
    evaluation: EvaluationState
    signed_in: bool
    facilitates: bool

    @property
    def opens_at(self) -> datetime.datetime:
        """When the meeting opens, in the workshop's zone."""
        return (self.session.starts_at - JOIN_BEFORE).astimezone(self.zone)

    @property
    def refreshes(self) -> bool:
        """Whether it is asked for again every minute: on the day of the session, until its end."""
        if self.join in (JoinState.OVER, JoinState.CANCELLED):
            return False
        return clock.now().astimezone(self.zone).date() >= self.session.starts_at.astimezone(self.zone).date()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say: no meeting to come, nothing to evaluate."""
        return not (self.refreshes or self.evaluates or self.join in (JoinState.NOT_YET, JoinState.OPEN, JoinState.FULL))

    @property
    def evaluates(self) -> bool:
        """Whether readers are asked what they think of it."""
        return self.evaluation == EvaluationState.OPEN

    @property
    def mark(self) -> str:
        """What changes when the block does: a block that says the same is not drawn again."""
        facts = (self.join, self.session.state, self.evaluation, f"{self.opens_at:%H:%M}", self.signed_in, self.facilitates)
        return ".".join(map(str, facts))

    @property
    def url(self) -> str:
        """Where the block is asked for alone."""
        return reverse("session_live", args=[self.session.slug])

    @property
    def join_url(self) -> str:
        """Where one joins."""
        return reverse("session_join", args=[self.session.slug])

    @property
    def room_url(self) -> str:
        """Where those who run the session say that the meeting is full."""
        return reverse("session_room", args=[self.session.slug])

    @property
    def evaluation_url(self) -> str:
        """Where the session is evaluated."""
        return reverse("session_evaluation", args=[self.session.slug])


def live_of(session: SessionPage, request: HttpRequest, zone: datetime.tzinfo) -> Live:
    """Return what is said of the session's meeting to whoever sends `request`, in the workshop's zone."""
    user = getattr(request, "user", None)
    morning = session.starts_at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    clock.changes_at(morning, session.starts_at - JOIN_BEFORE, session.ends_at, session.ends_at + EVALUATION_PERIOD)
    return Live(
        session=session,
        zone=zone,
        join=join_state(session),
        evaluation=evaluation_state(session),
        signed_in=bool(user and user.is_authenticated),
        facilitates=may_facilitate(session, user),
    )
