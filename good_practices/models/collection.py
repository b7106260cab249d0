from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin

from good_practices.models.library import LibraryPage
from good_practices.models.practice import PracticePage
from portal.base.blocks import TEXT_FEATURES
from portal.base.languages import best_translations, current_language
from portal.base.models import BasePage, Illustrative


class CollectionPage(Illustrative, BasePage):
    """Practices that editors put together around a question, in their order, with a word on each."""

    introduction = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        InlinePanel("practices", heading=_("Practices"), label=_("Practice")),
        *Illustrative.illustrative_panels,
    ]

    parent_page_types = ["good_practices.LibraryPage"]
    subpage_types: list[str] = []
    template = "good_practices/collection.html"

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the public practices in the editors' order, each in the best language, with the reason."""
        rows = list(self.practices.select_related("practice")) if self.pk else []
        keys = {row.practice.translation_key for row in rows}
        public = PracticePage.objects.published().for_cards().filter(translation_key__in=keys)
        pages = best_translations(public, current_language())
        chosen = [(pages[key], row.reason) for row in rows if (key := str(row.practice.translation_key)) in pages]
        return {**super().get_context(request, *args, **kwargs), "chosen": chosen}

    def clean(self) -> None:
        """Refuse an address that the library keeps for itself."""
        super().clean()
        if self.slug in LibraryPage.RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address belongs to the library: choose another.")})


class CollectionPractice(TranslatableMixin, Orderable):
    """A practice of a collection, and why it is there."""

    page = ParentalKey(CollectionPage, on_delete=models.CASCADE, related_name="practices")
    practice = models.ForeignKey(Page, models.CASCADE, related_name="+", verbose_name=_("practice"))
    reason = models.CharField(_("why it is here"), max_length=300, blank=True)

    panels = [PageChooserPanel("practice", "good_practices.PracticePage"), FieldPanel("reason")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("practice of a collection")
        verbose_name_plural = _("practices of collections")

    def __str__(self) -> str:
        return str(self.practice)
