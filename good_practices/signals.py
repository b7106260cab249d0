from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from good_practices import domain
from good_practices.models import PracticePage


def connect() -> None:
    """Announce a practice when it is published, from wherever that is done."""
    page_published.connect(_announce, sender=PracticePage, dispatch_uid="announce_practice")


def _announce(sender: type[PracticePage], instance: PracticePage, **kwargs: Any) -> None:
    domain.announce(instance)
