"""The first page, the plain pages and the key figures."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from good_practices.models import PracticePage
from portal.base.blocks import BodyBlock
from portal.base.languages import current_language, in_language
from portal.base.models import BasePage
from portal.base.privacy import readable
from search.query import SearchQuery
from search.service import search
from sessions.models import WorkshopPage
from sessions.programme import days


class HomePage(BasePage):
    """The first page, at `/{lang}/`."""

    hero_title = models.CharField(_("first words"), max_length=80)
    hero_text = models.TextField(_("what the portal is"), max_length=300)
    workshop_intro = models.CharField(_("words on the workshop"), max_length=200, blank=True)
    practices_intro = models.CharField(_("words on the library"), max_length=200, blank=True)
    participation_intro = models.CharField(_("words on taking part"), max_length=200, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], heading=_("At the top")),
        MultiFieldPanel(
            [FieldPanel("workshop_intro"), FieldPanel("practices_intro"), FieldPanel("participation_intro")], heading=_("Parts")
        ),
    ]

    parent_page_types = ["wagtailcore.Page"]
    template = "home/home.html"

    class Meta:
        verbose_name = _("home page")

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Find the page of an address in one look-up, not two for each of its parts; what is not found is Wagtail's to say."""
        if path_components:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            page = Page.objects.filter(slug=path_components[-1], url_path=address).first()
            if page:
                return page.specific.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the programme, the newest practices and the key figures."""
        workshop = readable(WorkshopPage.objects.child_of(self)).first()
        library = search(SearchQuery(language=current_language(), fixed={"type": ("practice",)}, page_size=1))
        counts = {facet.name: facet.values for facet in library.facets}
        return {
            **super().get_context(request, *args, **kwargs),
            "workshop": workshop,
            "days": days(workshop.slots()) if workshop else [],
            "practices": PracticePage.objects.filter(locale=self.locale_id).published().for_cards().latest()[:6],
            "practice_count": library.total,
            "themes": counts.get("theme", ()),
            "regions": counts.get("region", ()),
            "figures": KeyFigure.objects.all(),
        }


class StandardPage(BasePage):
    """A plain page: about, rules, law, privacy."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    in_footer = models.BooleanField(_("shown in the footer"), default=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("in_footer")]

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard.html"

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class KeyFigure(models.Model):
    """A figure about the programme, with where it comes from and of when it is."""

    value = models.CharField(_("figure"), max_length=20)
    label_ar = models.CharField(_("what it counts, in Arabic"), max_length=100)
    label_fr = models.CharField(_("what it counts, in French"), max_length=100)
    label_en = models.CharField(_("what it counts, in English"), max_length=100, blank=True)
    source_ar = models.CharField(_("source in Arabic"), max_length=200)
    source_fr = models.CharField(_("source in French"), max_length=200)
    source_en = models.CharField(_("source in English"), max_length=200, blank=True)
    as_of = models.DateField(_("as of"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"

    @property
    def label(self) -> str:
        """What the figure counts, in the active language."""
        return in_language(self, "label")

    @property
    def source(self) -> str:
        """Where the figure comes from, in the active language."""
        return in_language(self, "source")


class LoadedFile(models.Model):
    """A file of `content/` that `load_content` has loaded: never loaded again, so that edits and deletions stay."""

    path = models.CharField(max_length=300, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.path
