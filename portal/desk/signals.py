from __future__ import annotations

from typing import Any

from wagtail.models import Page, Revision
from wagtail.signals import page_published

from portal.desk.domain import note_publication


def connect() -> None:
    """Note the words of every page that is published."""
    page_published.connect(_published, dispatch_uid="desk_published")


def _published(instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    note_publication(instance, revision)
