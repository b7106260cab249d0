"""Choosing, in the CMS, one of many things that have names in three languages."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

NAMES = ("name_ar", "name_fr", "name_en")


class NameFilterForm(BaseFilterForm):
    """Finds things by a part of their name in any language."""

    q = forms.CharField(label=_("Search by name"), required=False, widget=forms.TextInput(attrs={"dir": "auto"}))

    def filter(self, objects: QuerySet) -> QuerySet:
        """Keep the objects in whose names the words stand."""
        objects = super().filter(objects)
        for word in (self.cleaned_data.get("q") or "").split():
            self.is_searching, self.search_query = True, self.cleaned_data["q"]
            objects = objects.filter(Q(*((f"{name}__icontains", word) for name in NAMES), _connector=Q.OR))
        return objects


class _ByName:
    filter_form_class = NameFilterForm

    def get_object_list(self) -> QuerySet:
        """Return all the objects, with what their names need."""
        objects = super().get_object_list()  # type: ignore[misc]
        return objects.for_names() if hasattr(objects, "for_names") else objects


class _ChooseView(_ByName, ChooseView):
    pass


class _ChooseResultsView(_ByName, ChooseResultsView):
    pass


class NamedChooserViewSet(SnippetChooserViewSet):
    """A snippet chooser that searches names in three languages."""

    choose_view_class = _ChooseView
    choose_results_view_class = _ChooseResultsView
