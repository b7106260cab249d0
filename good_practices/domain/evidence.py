"""Files that prove what a practice tells: only facilitators read them until the practice that shows them is published."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, CollectionViewRestriction

from good_practices.models import PracticePage
from portal.people.enums import Role
from portal.people.models import User

WAITING = "وثائق في انتظار النشر – Pièces en attente de publication"
"""Name of the collection of what is not published yet."""


def keep_document(file: UploadedFile, person: User) -> AbstractDocument:
    """Keep a file as a document that only facilitators read, until `reveal_evidence`."""
    name = PurePosixPath(file.name or "document").name
    return get_document_model().objects.create(
        title=PurePosixPath(name).stem[:255] or name, file=file, uploaded_by_user=person, collection=waiting()
    )


def reveal_evidence(page: PracticePage) -> None:
    """Let everybody read the documents that the published `page` shows, with a stage or among its evidence."""
    rows: list[Any] = [*page.stages.all(), *page.evidence.all()]
    shown = {row.document_id for row in rows if row.document_id}
    if shown:
        hidden = get_document_model().objects.filter(pk__in=shown, collection__name=WAITING)
        hidden.update(collection=Collection.get_first_root_node())


def waiting() -> Collection:
    """Return the collection of what only facilitators read, made with its restriction where it is missing."""
    found = Collection.objects.filter(name=WAITING).first()
    if found is None:
        found = Collection.get_first_root_node().add_child(name=WAITING)
        restriction = CollectionViewRestriction.objects.create(
            collection=found, restriction_type=CollectionViewRestriction.GROUPS
        )
        restriction.groups.set(Group.objects.filter(name=Role.FACILITATOR.value))
    return found
