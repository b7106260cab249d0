"""What hangs on a practice in all its languages."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _


class OfPractice(models.Model):
    """A row of one practice, whatever language it is read in: `practice_key` is the `translation_key` of its pages."""

    practice_key = models.UUIDField(_("practice"), db_index=True)

    class Meta:
        abstract = True


practice_written = Signal()
"""Sent when a practice and all below it were saved, still in the same transaction (`key`: its `translation_key`)."""


class TellsWhenWritten(models.Model):
    """A page that says when it is saved whole: `post_save` comes before the rows below it are written."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page and all below it, and send `practice_written` in the same transaction."""
        super().save(*args, **kwargs)
        practice_written.send(sender=type(self), key=self.translation_key)  # type: ignore[attr-defined]
