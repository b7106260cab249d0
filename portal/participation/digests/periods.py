"""When a digest ends: at six in the morning of the portal's zone, every day, or on Mondays. Whenever it is sent."""

from __future__ import annotations

import datetime

from django.utils import timezone

from portal.people.enums import DigestFrequency

HOUR = datetime.time(6)
LENGTH = {DigestFrequency.DAILY: datetime.timedelta(days=1), DigestFrequency.WEEKLY: datetime.timedelta(days=7)}
LONGEST = datetime.timedelta(days=31)
"""A digest looks back to the end of the person's last one, and no further than this."""


def last_end(frequency: DigestFrequency, now: datetime.datetime) -> datetime.datetime:
    """Return the last moment (aware) at which digests of `frequency` ended: the same all day, or all week."""
    day = timezone.localtime(now).date()
    if frequency == DigestFrequency.WEEKLY:
        day -= datetime.timedelta(days=day.weekday())
    end = _at_hour(day)
    return end if end <= now else _at_hour(day - LENGTH[frequency])


def _at_hour(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, HOUR)).astimezone(datetime.UTC)
