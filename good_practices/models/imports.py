from __future__ import annotations

import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from good_practices.enums import ImportState
from good_practices.models.base import OfPractice
from good_practices.models.contribution import private_files


def import_path(run: ImportRun, filename: str) -> str:
    """Return where an uploaded table or archive is kept, below no public address."""
    return f"imports/{uuid.uuid4()}{PurePosixPath(filename).suffix.lower()[:12]}"


class ImportRun(models.Model):
    """A file of practices that a facilitator imports: first checked, then written; it can be cut off and go on."""

    file = models.FileField(_("file"), upload_to=import_path, storage=private_files, max_length=200)
    name = models.CharField(_("name of the file"), max_length=255)
    archive = models.FileField(
        _("archive of documents (ZIP)"), upload_to=import_path, storage=private_files, max_length=200, blank=True
    )
    mapping = models.TextField(_("mapping (TOML)"), blank=True)
    language = models.CharField(_("language of the words"), max_length=8, choices=settings.LANGUAGES, blank=True)
    reader_language = models.CharField(max_length=8, choices=settings.LANGUAGES, editable=False)
    publish = models.BooleanField(_("publish at once"), default=False)
    create_organisations = models.BooleanField(_("make the organisations that are missing"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=ImportState.choices, default=ImportState.CHECKING)
    checked = models.BooleanField(default=False, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    message = models.TextField(_("log"), blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("imported by")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    moved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("import of practices")
        verbose_name_plural = _("imports of practices")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class ImportFault(models.Model):
    """Why a row of a file was refused."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=120, blank=True)
    value = models.CharField(_("value"), max_length=120, blank=True)
    message = models.CharField(_("what is wrong"), max_length=500)

    class Meta:
        verbose_name = _("refused row")
        verbose_name_plural = _("refused rows")
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return self.message


class ImportedRow(OfPractice):
    """What a row said when it was last imported: the same row is not read again, and what was corrected meanwhile stays.

    `identity` is the practice with the columns that the row has, `digest` what it says in them.
    """

    identity = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")

    def __str__(self) -> str:
        return str(self.practice_key)
