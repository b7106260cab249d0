"""Abstract models that every room builds on."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction

from portal.base.languages import in_language, page_translations
from portal.base.privacy import restrictions_of


class MultilingualName(models.Model):
    """A thing with one row and a name in each language of the portal."""

    name_ar = models.CharField(_("name in Arabic"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    name_panels = [
        MultiFieldPanel([FieldPanel("name_ar"), FieldPanel("name_fr"), FieldPanel("name_en")], heading=_("Name")),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, else the first that is filled in."""
        return self.name_in(get_language())

    def name_in(self, language: str | None) -> str:
        """Return the name in `language` (a code of `settings.LANGUAGES`), else the first that is filled in."""
        return in_language(self, "name", language)


class Illustrative(models.Model):
    """Content made up to show how the portal works, and marked so wherever a visitor sees it."""

    illustrative = models.BooleanField(
        _("illustrative"),
        default=False,
        help_text=_("Invented example: the public pages say so."),
    )

    illustrative_panels = [FieldPanel("illustrative")]

    class Meta:
        abstract = True


class BasePage(Page):
    """What all public pages share: a summary, used on cards, in search and in the description of the page."""

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences: shown on cards, in search and when the page is shared."),
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = Page.promote_panels

    class Meta:
        abstract = True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return Wagtail's context with the page's addresses in every language (`translations`)."""
        context = super().get_context(request, *args, **kwargs)
        context["translations"] = page_translations(self)
        return context

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return Wagtail's restrictions of the page and those above it; where no page is private, without asking."""
        return restrictions_of(super().get_view_restrictions())

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Return the preview in the page's own language and direction, whatever language the CMS is in."""
        with override(self.locale.language_code):
            response = super().serve_preview(request, mode_name)
            if hasattr(response, "render"):
                response.render()
        return response
