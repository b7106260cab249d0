from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from good_practices.enums import SpaceKind
from portal.base.languages import in_language
from portal.base.models import Illustrative, MultilingualName
from portal.people.models import Organisation
from portal.vocabulary.models import Territory


class ConsultationSpace(Illustrative, MultilingualName):
    """A local or national body of dialogue between citizens and authorities."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=SpaceKind.choices)
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="spaces",
        verbose_name=_("territory"),
        help_text=_("Empty for a national body."),
    )
    authority = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="spaces", verbose_name=_("authority it sits with")
    )
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    description_ar = models.TextField(_("presentation in Arabic"), blank=True)
    description_fr = models.TextField(_("presentation in French"), blank=True)
    description_en = models.TextField(_("presentation in English"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    website = models.URLField(_("website"), blank=True)

    panels = [
        *MultilingualName.name_panels,
        FieldPanel("kind"),
        FieldPanel("territory"),
        FieldPanel("authority"),
        FieldPanel("legal_basis"),
        MultiFieldPanel([FieldPanel(f"description_{code}") for code in ("ar", "fr", "en")], heading=_("Presentation")),
        MultiFieldPanel(
            [FieldPanel("email"), FieldPanel("phone"), FieldPanel("address"), FieldPanel("website")], heading=_("How to reach it")
        ),
        FieldPanel("slug"),
        *Illustrative.illustrative_panels,
    ]

    class Meta:
        verbose_name = _("space of consultation")
        verbose_name_plural = _("spaces of consultation")
        ordering = ["slug"]

    @property
    def description(self) -> str:
        """The presentation in the active language, else the first that is filled in."""
        return in_language(self, "description")

    @property
    def law(self) -> str:
        """The text that founds it, in the active language where the law names its kind, else as a facilitator wrote it."""
        if self.kind == SpaceKind.EQUITY_BODY and not self.legal_basis:
            return gettext("Organic law 113-14 on communes, article 120")
        return self.legal_basis

    def get_absolute_url(self) -> str:
        """Return its page in the active language."""
        return reverse("space", args=[self.slug])
