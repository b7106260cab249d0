"""What hangs on a practice in all its languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfPractice(models.Model):
    """A row of one practice, whatever language it is read in: `practice_key` is the `translation_key` of its pages."""

    practice_key = models.UUIDField(_("practice"), db_index=True)

    class Meta:
        abstract = True
