from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from portal.base.languages import in_language
from portal.base.models import Illustrative, MultilingualName
from portal.people.models import Organisation


class Speaker(Illustrative, MultilingualName):
    """Who speaks in sessions, written once and used in any of them."""

    slug = models.SlugField(_("code"), max_length=80, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="speakers", verbose_name=_("organisation")
    )
    role_ar = models.CharField(_("role in Arabic"), max_length=120, blank=True)
    role_fr = models.CharField(_("role in French"), max_length=120, blank=True)
    role_en = models.CharField(_("role in English"), max_length=120, blank=True)
    bio_ar = models.TextField(_("presentation in Arabic"), blank=True)
    bio_fr = models.TextField(_("presentation in French"), blank=True)
    bio_en = models.TextField(_("presentation in English"), blank=True)

    panels = [
        *MultilingualName.name_panels,
        MultiFieldPanel([FieldPanel("role_ar"), FieldPanel("role_fr"), FieldPanel("role_en")], heading=_("Role")),
        MultiFieldPanel([FieldPanel("bio_ar"), FieldPanel("bio_fr"), FieldPanel("bio_en")], heading=_("Presentation")),
        FieldPanel("organisation"),
        FieldPanel("slug"),
        *Illustrative.illustrative_panels,
    ]

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["slug"]

    @property
    def role(self) -> str:
        """The role in the active language."""
        return in_language(self, "role")

    @property
    def bio(self) -> str:
        """The presentation in the active language."""
        return in_language(self, "bio")
