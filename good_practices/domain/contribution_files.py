"""The files that go with a contribution: kept privately, and taken into the practice as evidence."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Collection

from good_practices.domain.evidence import waiting
from good_practices.enums import ContributionState
from good_practices.models import Contribution, ContributionFile, PracticeEvidence
from portal.people.models import User

FILES = 10
FILE_BYTES = 10_000_000


@transaction.atomic
def add_file(contribution: Contribution, file: File, name: str, title: str) -> ContributionFile:
    """Keep a file (already checked by the form) with its contribution.

    Raises ValidationError if there are `FILES` already, or if the contribution cannot be changed now.
    """
    locked = _editable(contribution)
    if locked.files.count() >= FILES:
        raise ValidationError(_("At most %(count)d files go with a practice.") % {"count": FILES})
    kept = ContributionFile(contribution=locked, name=name[:255], title=title, size=file.size)
    kept.file.save(name, file, save=False)
    kept.save()
    return kept


@transaction.atomic
def remove_file(file: ContributionFile) -> None:
    """Take a file away from its contribution. Raises ValidationError if the contribution cannot be changed now."""
    _editable(file.contribution)
    transaction.on_commit(lambda: file.file.storage.delete(str(file.file.name)), robust=True)
    ContributionFile.objects.filter(pk=file.pk).delete()


@transaction.atomic
def attach(file: ContributionFile, person: User) -> None:
    """Make a file a document and put it among the evidence of the practice's draft; doing it again changes nothing.

    Only facilitators read it until the practice is published.
    """
    contribution = file.contribution
    if contribution.page is None:
        raise ValidationError(_("There is no draft to attach it to."))
    page: Any = contribution.page.get_latest_revision_as_object()
    document = _document(file, person)
    pieces = list(page.evidence.all())
    if any(piece.document_id == document.pk for piece in pieces):
        return
    piece = PracticeEvidence(title=str(file), document=document, locale=page.locale, sort_order=len(pieces))
    page.evidence = [*pieces, piece]
    page.save_revision(user=person)


def attach_all(contribution: Contribution, person: User) -> None:
    """Make every file evidence of the practice's draft."""
    for file in contribution.files.select_related("contribution__page"):
        attach(file, person)


def _document(file: ContributionFile, person: User) -> Any:
    """Return the document of a file, made when it is first asked for; the same bytes are the same document."""
    root, hidden = Collection.get_first_root_node(), waiting()
    with file.file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha1").hexdigest()
        known = get_document_model().objects.filter(file_hash=digest, collection__in=(root, hidden)).first()
        if known:
            return known
        stream.seek(0)
        made = get_document_model()(title=str(file), collection=hidden, uploaded_by_user=person, file_size=file.size)
        made.file_hash = digest
        made.file.save(
            f"{file.contribution.key.hex[:8]}-{file.pk}{PurePosixPath(str(file.file.name)).suffix}", File(stream), save=False
        )
        made.save()
    return made


def _editable(contribution: Contribution) -> Contribution:
    locked = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if locked.state not in (ContributionState.DRAFT, ContributionState.RETURNED):
        raise ValidationError(_("This practice has been sent: it cannot be changed now."))
    return locked
