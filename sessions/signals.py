from __future__ import annotations

import contextlib
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.signals import page_published

from sessions import domain
from sessions.media import places
from sessions.models import Recording, SessionPage


def connect() -> None:
    """Announce a session that is published, and remove the files of a recording that is deleted, from wherever that is done."""
    page_published.connect(_announce, sender=SessionPage, dispatch_uid="announce_session")
    post_delete.connect(_remove_files, sender=Recording, dispatch_uid="remove_files_of_recording")


def _announce(sender: type[SessionPage], instance: SessionPage, **kwargs: Any) -> None:
    domain.announce(instance)


def _remove_files(sender: type[Recording], instance: Recording, **kwargs: Any) -> None:
    """Remove its files, the original too, once it is certain that it is gone."""
    folder, name, storage = instance.folder, instance.original.name, instance.original.storage
    transaction.on_commit(lambda: places.remove(folder))
    if name:
        transaction.on_commit(lambda: _remove_original(storage, name))


def _remove_original(storage: Storage, name: str) -> None:
    """Remove an upload and the folder that it had to itself."""
    storage.delete(name)
    with contextlib.suppress(OSError):
        storage.delete(str(PurePosixPath(name).parent))
