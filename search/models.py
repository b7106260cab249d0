"""What search itself keeps in the database: the changes that the index has not seen yet."""

from django.db import models


class OutboxEntry(models.Model):
    """A subject that changed, written in the transaction that changed it and deleted once the index knows.

    Identifiers only grow and are never used again: they order the updates. An entry without a key is the claim of a drain
    or a rebuild (`domain.claim_version`): only its identifier counts.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "search outbox entry"
        verbose_name_plural = "search outbox entries"

    def __str__(self) -> str:
        return f"{self.id}: {self.key or 'claim'}"
