"""What hangs on a practice in all its languages."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from good_practices.forms.stages import refuse_impossible


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


class RefusesImpossible(models.Model):
    """A page whose stages and outcome keep the law's order wherever it becomes public, also without a form."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; raise ImpossiblePracticeError where a revision that tells stages that cannot be would become public."""
        page: Any = self
        if page.live and page.live_revision_id and not _is_shown(page):
            refuse_impossible(page)
        super().save(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish `revision` now or at its hour; raise ImpossiblePracticeError, with nothing written, where it cannot be."""
        refuse_impossible(revision.as_object())
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]


def _is_shown(page: Any) -> bool:
    """Tell whether the revision that `page` was made of is the public one already."""
    return type(page).objects.filter(pk=page.pk, live=True, live_revision=page.live_revision_id).exists()
