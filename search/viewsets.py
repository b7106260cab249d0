"""Search in the CMS: the glossary, the promoted results, and the desk of what is asked."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import CreateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import PromotedResult, QueryCount, SynonymSet
from search.query import SearchQuery
from search.service import search

PERIODS = (7, 30, 90)
TOP = 50
EMPTY = 30
VIEW_QUESTIONS = "search.view_querycount"


class PrefilledCreateView(CreateView):
    """The form of a new row, filled in as far as the address says: `?fr=plaidoyer`."""

    prefilled: tuple[str, ...] = ()

    def get_initial(self) -> dict[str, Any]:
        """Return the texts that the address gives."""
        given = {name: self.request.GET[name][:500] for name in self.prefilled if name in self.request.GET}
        return {**super().get_initial(), **given}


class AddSynonymsView(PrefilledCreateView):
    prefilled = ("ar", "fr", "en")


class AddPromotedView(PrefilledCreateView):
    prefilled = ("words",)


class SynonymSetViewSet(ModelViewSet):
    """The glossary that facilitators keep."""

    model = SynonymSet
    name = "search_synonyms"
    icon = "openquote"
    menu_label = _("Glossary of search")
    add_view_class = AddSynonymsView
    list_display = ["__str__"]
    search_fields = ["ar", "fr", "en"]
    list_per_page = 50
    copy_view_enabled = False


class PromotedResultViewSet(ModelViewSet):
    """What facilitators show first."""

    model = PromotedResult
    name = "search_promoted"
    icon = "pick"
    menu_label = _("Promoted results")
    add_view_class = AddPromotedView
    list_display = ["__str__", "page"]
    search_fields = ["words"]
    copy_view_enabled = False


class QuestionsView(WagtailAdminTemplateMixin, TemplateView):
    """What is asked most, and what found nothing; one click makes a synonym or a promoted result of it."""

    template_name = "search/cms/questions.html"
    page_title = _("What people search for")
    header_icon = "search"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the two lists, and the periods to choose from."""
        days = self._days()
        asked = questions(days)
        empty = asked.filter(last_results=0)[:EMPTY]
        return super().get_context_data(
            days=days,
            periods=PERIODS,
            top=[self._row(row) for row in asked[:TOP]],
            empty=[self._row(row, again=True) for row in empty],
            **kwargs,
        )

    def _days(self) -> int:
        given = self.request.GET.get("days", "")
        return int(given) if given in map(str, PERIODS) else PERIODS[1]

    def _row(self, row: dict[str, Any], again: bool = False) -> dict[str, Any]:
        """Return a question with what can be done; `again`: and what it finds by now."""
        text, language = row["text"], row["language"]
        now = search(SearchQuery(text, language, page_size=1)) if again else None
        return {
            **row,
            "now": now.total + len(now.promoted) if now else None,
            "search_url": _search_url(text, language),
            "synonym_url": self._add_url("search_synonyms", SynonymSet, {language: text}),
            "promote_url": self._add_url("search_promoted", PromotedResult, {"words": text}),
        }

    def _add_url(self, viewset: str, model: type[Model], fields: dict[str, str]) -> str:
        """Return the address of a form filled in so far; "" for who may not add."""
        if not self.request.user.has_perm(f"search.add_{model._meta.model_name}"):
            return ""
        return f"{reverse(f'{viewset}:add')}?{urlencode(fields)}"


def questions(days: int) -> QuerySet[Any, Any]:
    """Return what was asked in the last days, the most asked first: `text`, `language`, `times`, `last_results`."""
    since = timezone.localdate() - timedelta(days=days)
    same = QueryCount.objects.filter(text=OuterRef("text"), language=OuterRef("language")).order_by("-day")
    counted = QueryCount.objects.filter(day__gt=since).order_by().values("text", "language")
    return counted.annotate(times=Sum("count"), last_results=Subquery(same.values("results")[:1])).order_by("-times", "text")


def _search_url(text: str, language: str) -> str:
    with translation.override(language):
        return f"{reverse('search')}?{urlencode({'q': text})}"


class QuestionsMenuItem(MenuItem):
    """Shown to those who may see the desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may see what is asked."""
        return request.user.has_perm(VIEW_QUESTIONS)


class QuestionsViewSet(ViewSet):
    """The desk of what is asked."""

    name = "search_questions"
    icon = "search"
    menu_label = _("What people search for")
    menu_item_class = QuestionsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the desk's one address."""
        return [path("", permission_required(VIEW_QUESTIONS)(QuestionsView.as_view()), name="index")]


class SearchViewSetGroup(ViewSetGroup):
    """Search, as facilitators keep it."""

    menu_label = _("Search")
    menu_name = "search-desk"
    menu_icon = "search"
    menu_order = 330
    items = (QuestionsViewSet, SynonymSetViewSet, PromotedResultViewSet)
