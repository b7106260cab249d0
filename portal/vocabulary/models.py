"""The words that practices, sessions and organisations share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.base.models import MultilingualName
from portal.vocabulary.enums import Level
from portal.vocabulary.querysets import TerritoryQuerySet


class Term(MultilingualName):
    """A word of a short controlled list."""

    slug = models.SlugField(_("code"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [*MultilingualName.name_panels, FieldPanel("slug"), FieldPanel("position")]

    class Meta:
        abstract = True
        ordering = ["position", "slug"]


class Theme(Term):
    """What a practice is about."""

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Axis(Term):
    """The programme's line of work that a practice or a session serves."""

    class Meta(Term.Meta):
        verbose_name = _("axis")
        verbose_name_plural = _("axes")


class Territory(MultilingualName):
    """A region, a prefecture or province, or a commune of Morocco.

    `code` is the HCP's; `longitude` and `latitude` (degrees, WGS 84) are set only where the point is the place's own.
    """

    code = models.CharField(_("code (HCP)"), max_length=20, unique=True)
    iso_code = models.CharField(_("code (ISO 3166-2)"), max_length=10, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of"))
    name_zgh = models.CharField(_("name in Amazigh"), max_length=200, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population (2024)"), null=True, blank=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "code"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.parent.name})" if self.parent_id and self.parent else self.name

    @property
    def lineage(self) -> list[Territory]:
        """The territory itself and what it is part of, the smallest first."""
        place: Territory | None = self
        line: list[Territory] = []
        while place:
            line.append(place)
            place = place.parent
        return line

    @property
    def region(self) -> Territory:
        """The region that the territory is, or lies in."""
        return self.lineage[-1]
