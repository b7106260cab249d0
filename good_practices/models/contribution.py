from __future__ import annotations

import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from good_practices.enums import ContributionState
from good_practices.models.practice import PracticePage
from portal.people.models import Organisation


def private_files() -> Storage:
    """Return the storage of what contributors send: below no public address."""
    return storages["originals"]


def contribution_path(file: ContributionFile, filename: str) -> str:
    """Return where a contributor's file is kept: a name of our own with the extension that it came with."""
    return f"contributions/{file.contribution.key}/{uuid.uuid4()}{PurePosixPath(filename).suffix.lower()[:12]}"


class Contribution(models.Model):
    """A practice that a participant proposes, written in short steps and saved as they go.

    `data` holds what was written, field by field, valid or not, so that nothing is lost; `page` is the draft it became.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contributor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="contributions", verbose_name=_("contributor")
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="contributions", verbose_name=_("on behalf of")
    )
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    data = models.JSONField(_("what was written"), default=dict)
    state = models.CharField(_("state"), max_length=12, choices=ContributionState.choices, default=ContributionState.DRAFT)
    page = models.ForeignKey(
        PracticePage, models.SET_NULL, null=True, blank=True, related_name="contributions", verbose_name=_("practice")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return str(self.data.get("title") or self.key)


class ContributionFile(models.Model):
    """A file that goes with a contribution, private until the practice is published."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="files", verbose_name=_("contribution"))
    file = models.FileField(_("file"), upload_to=contribution_path, storage=private_files, max_length=200)
    name = models.CharField(_("name of the file"), max_length=255)
    title = models.CharField(_("title"), max_length=250, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("file of a contribution")
        verbose_name_plural = _("files of contributions")

    def __str__(self) -> str:
        return self.title or self.name
