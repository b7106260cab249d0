from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from sessions import domain
from sessions.models import SessionPage


def connect() -> None:
    """Announce a session when it is published, from wherever that is done."""
    page_published.connect(_announce, sender=SessionPage, dispatch_uid="announce_session")


def _announce(sender: type[SessionPage], instance: SessionPage, **kwargs: Any) -> None:
    domain.announce(instance)
