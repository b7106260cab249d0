from __future__ import annotations

from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from allauth.account.signals import user_signed_up
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from wagtail.signals import page_published

from portal.people.models import Organisation, User
from search.domain import enqueue
from sessions import agendas, domain, stars
from sessions.media import places
from sessions.models import Agenda, CaptionTrack, Recording, SessionPage, Speaker
from sessions.previews.domain import ask_for


def connect() -> None:
    """Do what follows from a publication, a sign-in or a change of a recording, from wherever that is done."""
    page_published.connect(_announce, sender=SessionPage, dispatch_uid="announce_session")
    user_signed_up.connect(_join_account, dispatch_uid="agenda_signed_up")
    user_logged_in.connect(_join_account, dispatch_uid="agenda_logged_in")
    user_logged_out.connect(_leave_account, dispatch_uid="agenda_logged_out")
    post_delete.connect(_remove_files, sender=Recording, dispatch_uid="remove_files_of_recording")
    post_save.connect(_speaker_changed, sender=Speaker, dispatch_uid="search-speaker")
    post_save.connect(_organisation_changed, sender=Organisation, dispatch_uid="search-organisation-of-speakers")
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
        domain.note_public(instance)


def _captions_changed(instance: CaptionTrack, **kwargs: Any) -> None:
    """Captions go with their recording; where that is deleted, it has told so itself."""
    key = Recording.objects.filter(pk=instance.recording_id).values_list("session_key", flat=True).first()
    enqueue([str(key)] if key else [])


def _speaker_changed(instance: Speaker, created: bool, **kwargs: Any) -> None:
    """The search documents of sessions hold the names of those who speak, and the slugs of whom they belong to."""
    if not created:
        _enqueue_sessions(session_speakers__speaker=instance)


def _organisation_changed(instance: Organisation, created: bool, **kwargs: Any) -> None:
    if not created:
        _enqueue_sessions(session_speakers__speaker__organisation=instance)


def _enqueue_sessions(**those: Any) -> None:
    enqueue(map(str, SessionPage.objects.filter(**those).values_list("translation_key", flat=True).distinct()))


def _join_account(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is None:
        return
    token = request.COOKIES.get(stars.LINK_COOKIE, "")
    agenda = agendas.join_account(user, stars.read(request), token)
    if agenda is not None:
        request.remember_agenda = stars.Remembered(agendas.keys_in(agenda), token="")  # type: ignore[attr-defined]


def _leave_account(user: User | None = None, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Leave nothing of the account's agenda in the browser, which may be shared; first take what it has not told yet."""
    if user is None or request is None:
        return
    agenda = Agenda.objects.filter(owner=user).first()
    if agenda is not None:
        with suppress(ValidationError):  # too many: what is kept stays as it is
            agendas.settle(request, agenda)
    request.remember_agenda = stars.Remembered(frozenset(), token="")  # type: ignore[attr-defined]


def _remove_files(sender: type[Recording], instance: Recording, **kwargs: Any) -> None:
    """Remove its files, the original too, once it is certain that it is gone."""
    folder, name, storage = instance.folder, instance.original.name, instance.original.storage
    transaction.on_commit(lambda: places.remove(folder))
    if name:
        transaction.on_commit(lambda: _remove_original(storage, name))


def _remove_original(storage: Storage, name: str) -> None:
    """Remove an upload and the folder that it had to itself."""
    storage.delete(name)
    with suppress(OSError):
        storage.delete(str(PurePosixPath(name).parent))
