from __future__ import annotations

from django.db import models


class ModeratedQuerySet(models.QuerySet):
    """What participants wrote."""

    def visible(self) -> ModeratedQuerySet:
        """Leave out what a moderator has hidden."""
        return self.filter(hidden_at=None)

    def hidden(self) -> ModeratedQuerySet:
        """Keep only what a moderator has hidden."""
        return self.exclude(hidden_at=None)
