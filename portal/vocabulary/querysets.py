from __future__ import annotations

from django.db import models

from portal.vocabulary.enums import Level


class TerritoryQuerySet(models.QuerySet):
    """Territories, by level."""

    def regions(self) -> TerritoryQuerySet:
        return self.filter(level=Level.REGION)

    def provinces(self) -> TerritoryQuerySet:
        """Keep the prefectures and the provinces, which are of one rank."""
        return self.filter(level__in=[Level.PREFECTURE, Level.PROVINCE])

    def for_names(self) -> TerritoryQuerySet:
        """Load the province and the region along, in the same query."""
        return self.select_related("parent__parent")
