from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published

from search.domain import enqueue
from sessions import domain
from sessions.models import CaptionTrack, Recording, SessionPage
from sessions.previews.domain import ask_for


def connect() -> None:
    """Announce a session when it is published, and tell search what is said in recordings, from wherever that is done."""
    page_published.connect(_announce, sender=SessionPage, dispatch_uid="announce_session")
    for signal in (post_save, post_delete):
        signal.connect(_recording_changed, sender=Recording, dispatch_uid="search-recording")
        signal.connect(_captions_changed, sender=CaptionTrack, dispatch_uid="search-captions")


def _announce(sender: type[SessionPage], instance: SessionPage, **kwargs: Any) -> None:
    domain.announce(instance)
    ask_for(material.document for material in instance.materials.select_related("document") if material.document)


def _recording_changed(instance: Recording, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """A recording that goes public, or is withdrawn, takes its words along; its progress alone changes nothing."""
    if update_fields is None or update_fields & {"live", "status", "session_key"}:
        enqueue([str(instance.session_key)])


def _captions_changed(instance: CaptionTrack, **kwargs: Any) -> None:
    """Captions go with their recording; where that is deleted, it has told so itself."""
    key = Recording.objects.filter(pk=instance.recording_id).values_list("session_key", flat=True).first()
    enqueue([str(key)] if key else [])
