"""The notices that people agree to, each with its version: who agreed to an older one is asked again before they write."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.people.enums import Purpose

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Notice:
    """One line on what is done with what a form takes, since when, and under which version.

    Whoever changes what the words mean gives them another version and date; a mended comma changes nothing.
    """

    version: str
    since: datetime.date
    words: StrPromise


NOTICES: dict[Purpose, Notice] = {
    Purpose.ACCOUNT: Notice(
        "1",
        datetime.date(2026, 11, 24),
        _("We keep your e-mail address to sign you in and show it to nobody; what you publish bears the name you choose."),
    ),
    Purpose.PUBLISHING: Notice(
        "1",
        datetime.date(2026, 11, 24),
        _("What you write here is public and bears your name; you can take it back, or erase your account, at any time."),
    ),
    Purpose.MAIL: Notice(
        "1",
        datetime.date(2026, 11, 24),
        _("We keep what you follow to tell you by e-mail what is new; every message says how to stop it."),
    ),
}
