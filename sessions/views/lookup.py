"""What the views of the workshop look up by address."""

from __future__ import annotations

from django.http import Http404

from portal.base.languages import current_language
from sessions.models import SessionPage, WorkshopPage


def public_workshop() -> WorkshopPage:
    """Return the workshop in the active language. Raises Http404 where it is not published."""
    workshop = WorkshopPage.objects.live().public().filter(locale__language_code=current_language()).first()
    if workshop is None:
        raise Http404
    return workshop


def public_session(slug: str) -> SessionPage:
    """Return the session at `/{active language}/sessions/{slug}/`. Raises Http404 where nobody may read it."""
    session = SessionPage.objects.child_of(public_workshop()).published().for_cards().filter(slug=slug).first()
    if session is None:
        raise Http404
    return session
