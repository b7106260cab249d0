from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from portal.base.text import clean_text

FOUND = 20
"""Organisations that a search shows."""


class MembershipQuerySet(models.QuerySet):
    """Memberships, by where they stand."""

    def waiting(self) -> MembershipQuerySet:
        """Keep those that no facilitator has answered."""
        return self.filter(verified_at=None, declined_at=None)

    def verified(self) -> MembershipQuerySet:
        """Keep those that count."""
        return self.filter(verified_at__isnull=False)

    def waiting_first(self) -> MembershipQuerySet:
        """Put those that wait before all others, the oldest first; then the latest answers."""
        answered = F("verified_at").desc(nulls_first=True)
        return self.order_by(F("declined_at").desc(nulls_first=True), answered, "asked_at", "pk")


class OrganisationQuerySet(models.QuerySet):
    """Organisations, as people look for them."""

    def named(self, text: str) -> OrganisationQuerySet:
        """Keep those in whose names every word of `text` stands, in one of the languages."""
        found = self
        for word in clean_text(text).split():
            found = found.filter(Q(name_ar__icontains=word) | Q(name_fr__icontains=word) | Q(name_en__icontains=word))
        return found
