"""What hangs on a session in all its languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfSession(models.Model):
    """A row of one session, whatever language it is read in: `session_key` is the `translation_key` of its pages."""

    session_key = models.UUIDField(_("session"), db_index=True)

    class Meta:
        abstract = True
