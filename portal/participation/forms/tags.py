from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.participation.domain.tags import split_tags
from portal.participation.forms.places import PlaceForm


class TagInput(forms.TextInput):
    """A field that says where to ask for suggestions (`combobox.js`)."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the attributes with the address of the suggestions, in the active language."""
        return {**super().build_attrs(base_attrs, extra_attrs), "data-suggestions": reverse("suggest_tags")}


class TagForm(PlaceForm):
    """Tags, separated by commas."""

    tags = forms.CharField(
        label=_("Add tags"),
        max_length=500,
        help_text=_("Separate them by commas."),
        widget=TagInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Write at least one tag.")},
    )

    def clean_tags(self) -> list[str]:
        """Return the distinct tags."""
        return split_tags(self.cleaned_data["tags"])
