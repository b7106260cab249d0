"""How long things are kept: one table, to which each app adds its terms, and the one who enforces it."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from portal.people.models import Membership, User
from portal.people.personal_data import delete_files

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

logger = logging.getLogger(__name__)

DAY_SECONDS = 24 * 3600
BATCH = 500
"""Rows that one transaction takes away."""

Overdue = Callable[[datetime.datetime], QuerySet]


@dataclass(frozen=True, slots=True)
class Term:
    """How long one kind of thing is kept. `overdue` returns, for a moment, what was to be gone by then."""

    name: str
    what: StrPromise
    days: int
    overdue: Overdue
    files: tuple[str, ...] = ()


_terms: dict[str, Term] = {}


def register_term(name: str, what: StrPromise, days: int, overdue: Overdue, *, files: tuple[str, ...] = ()) -> None:
    """Add a term: what `overdue` returns for the moment so many days ago is deleted, with the files in these fields."""
    _terms[name] = Term(name, what, days, lambda now: overdue(now - datetime.timedelta(days=days)), files)


def terms() -> list[Term]:
    """Return all terms, the shortest first."""
    return sorted(_terms.values(), key=lambda term: (term.days, term.name))


def enforce(now: datetime.datetime, *, dry_run: bool = False) -> Iterable[tuple[Term, int]]:
    """Delete what was to be gone by `now`, in batches that each stand for themselves; yield each term with how many rows.

    With `dry_run` nothing is deleted. Doing it again finds nothing.
    """
    for term in terms():
        yield term, term.overdue(now).count() if dry_run else _delete(term.overdue(now), term.files)


def enforce_due() -> None:
    """Enforce the terms once a day: to be called as often as one likes, by whatever works beside the server."""
    if cache.add("retention-enforced", True, DAY_SECONDS):
        for term, count in enforce(now()):
            logger.info("%s: %d", term.name, count)


def _delete(rows: QuerySet, files: tuple[str, ...]) -> int:
    total = 0
    while True:
        with transaction.atomic():
            keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
            if not keys:
                return total
            batch = rows.model._base_manager.filter(pk__in=keys)
            for row in batch if files else ():
                delete_files(row, files)
            batch.delete()
        total += len(keys)


def register_own_terms() -> None:
    """Add the terms of accounts, sessions and tasks."""
    register_term("sessions", _("Sessions that have expired"), 0, lambda day: Session.objects.filter(expire_date__lt=day))
    register_term("unverified", _("Accounts whose e-mail address was never verified"), 30, _unverified)
    register_term("tasks", _("Notes of background tasks that are done"), 30, _done_tasks)
    register_term(
        *("memberships", _("Memberships that were declined"), 365),
        lambda day: Membership.objects.filter(declined_at__lt=day, verified_at=None),
    )


def _unverified(day: datetime.datetime) -> QuerySet:
    """People who signed up before `day` and never proved their address: not those made by hand, nor who is of the CMS.

    Only where the portal asks for a verified address: else nothing says that an account is not wanted.
    """
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    any_address = EmailAddress.objects.filter(user=OuterRef("pk"))
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
        return User.objects.none()
    people = User.objects.filter(Exists(any_address), ~Exists(verified), date_joined__lt=day, is_staff=False, is_superuser=False)
    return people.exclude(groups__permissions__codename="access_admin")


def _done_tasks(day: datetime.datetime) -> QuerySet:
    return DBTaskResult.objects.filter(finished_at__lt=day)


def now() -> datetime.datetime:
    """Return the moment by which terms are counted: the machine's, never a previewed one."""
    return timezone.now()
