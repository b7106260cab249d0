from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.participation.domain.tags import split_tags
from portal.participation.forms.places import PlaceForm


class TagForm(PlaceForm):
    """Tags, separated by commas."""

    tags = forms.CharField(
        label=_("Add tags"),
        max_length=500,
        help_text=_("Separate them by commas."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Write at least one tag.")},
    )

    def clean_tags(self) -> list[str]:
        """Return the distinct tags."""
        return split_tags(self.cleaned_data["tags"])
