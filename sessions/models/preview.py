from __future__ import annotations

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def previews() -> Storage:
    """Return the storage of page images: below no public address, for a document may be private."""
    return storages["previews"]


class DocumentPreview(models.Model):
    """The first pages of a PDF as small images, made once for a file whatever documents hold it.

    A row without images says that none could be made, so that nobody tries again.
    """

    file_hash = models.CharField(_("file"), max_length=40, unique=True)
    images = models.PositiveSmallIntegerField(_("images"), default=0)
    pages = models.PositiveIntegerField(_("pages of the document"), default=0)
    width = models.PositiveSmallIntegerField(_("width in pixels"), default=0)
    height = models.PositiveSmallIntegerField(_("height in pixels"), default=0)
    made_at = models.DateTimeField(_("made at"), auto_now=True)

    class Meta:
        verbose_name = _("preview of a document")
        verbose_name_plural = _("previews of documents")

    def __str__(self) -> str:
        return self.file_hash

    def image_name(self, number: int) -> str:
        """Return where the image of a page (from 1) is in the storage."""
        return f"{self.file_hash[:2]}/{self.file_hash}/{number}.webp"
