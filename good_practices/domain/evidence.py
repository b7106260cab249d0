"""Files that prove a stage: only facilitators read them until the practice that shows them is published."""

from __future__ import annotations

from pathlib import PurePosixPath

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
        title=PurePosixPath(name).stem[:255] or name, file=file, uploaded_by_user=person, collection=_waiting()
    )


def reveal_evidence(page: PracticePage) -> None:
    """Let everybody read the documents that the published stages of `page` show."""
    shown = [stage.document_id for stage in page.stages.all() if stage.document_id]
    if shown:
        waiting = get_document_model().objects.filter(pk__in=shown, collection__name=WAITING)
        waiting.update(collection=Collection.get_first_root_node())


def _waiting() -> Collection:
    found = Collection.objects.filter(name=WAITING).first()
    if found is None:
        found = Collection.get_first_root_node().add_child(name=WAITING)
        restriction = CollectionViewRestriction.objects.create(
            collection=found, restriction_type=CollectionViewRestriction.GROUPS
        )
        restriction.groups.set(Group.objects.filter(name=Role.FACILITATOR.value))
    return found
