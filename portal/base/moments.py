"""Previewing the portal at another moment: `?at=2020-11-23T10:05`, for people who work in the CMS."""

from __future__ import annotations

import datetime
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal.base import clock
from portal.base.text import clean_text

PARAMETER = "at"
MAY_PREVIEW = "wagtailadmin.access_admin"
FIRST_YEAR, LAST_YEAR = 1970, 2100
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class PreviewedMoment:
    """What `?at=` asks for: `moment` (aware), None where nothing was chosen yet or where `refused` tells what is no moment."""

    moment: datetime.datetime | None
    refused: str
    path: str
    others: list[tuple[str, str]]  # the other parameters of the address
    back_url: str

    @property
    def field_value(self) -> str:
        """The moment as a field of the type `datetime-local` takes it, in the portal's zone."""
        return timezone.localtime(self.moment or clock.now()).strftime("%Y-%m-%dT%H:%M")

    def clock(self) -> AbstractContextManager[None]:
        """Return the block in which the portal's clock shows the moment."""
        return clock.at(self.moment) if self.moment else nullcontext()


def previewed_moment(request: HttpRequest) -> PreviewedMoment | None:
    """Return what is to be previewed; None where nothing is asked, or by somebody who does not work in the CMS."""
    if PARAMETER not in request.GET or request.method not in ("GET", "HEAD") or not request.user.has_perm(MAY_PREVIEW):
        return None
    text = request.GET[PARAMETER].strip()
    moment = read_moment(text)
    rest = request.GET.copy()
    del rest[PARAMETER]
    return PreviewedMoment(
        moment=moment,
        refused="" if moment or not text else clean_text(text[:_SHOWN]) or "?",
        path=request.path,
        others=[(name, value) for name, values in rest.lists() for value in values],
        back_url=f"{request.path}?{rest.urlencode()}" if rest else request.path,
    )


def read_moment(text: str) -> datetime.datetime | None:
    """Return an ISO 8601 moment as an aware one, in the portal's zone where it names none; None where it is no moment."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
