from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from portal.base.blocks import TEXT_FEATURES
from portal.base.languages import current_language
from portal.base.models import BasePage
from search.forms import SearchForm
from search.views import results_for, wants_fragment


class LibraryPage(BasePage):
    """The library of good practices, at `/{lang}/practices/`."""

    introduction = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["good_practices.PracticePage", "good_practices.CollectionPage"]
    template = "good_practices/library.html"
    max_count_per_parent = 1

    RESERVED_SLUGS = frozenset(
        {"bookmarks", "commitments", "compare", "contribute", "criteria", "dashboard", "export", "import", "map", "spaces"}
    )
    """Addresses of the library that are no practices."""

    class Meta:
        verbose_name = _("library of good practices")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the practices that the filters of the address leave, and the counts of every filter."""
        form = SearchForm(request.GET, language=current_language(), fixed={"type": ("practice",)})
        results = results_for(form)
        return {
            **super().get_context(request, *args, **kwargs),
            "results": results,
            "query": results.query,
            "base_url": request.path,
            "downloads": [(kind.upper(), reverse("practices_export", args=[kind])) for kind in ("csv", "xlsx", "json")],
        }

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        """Return the whole page's template, or the fragment's when htmx asks for the results only."""
        return "search/_results.html" if wants_fragment(request) else self.template

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer with the page; caches keep the fragment and the page apart."""
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response
