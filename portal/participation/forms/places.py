from __future__ import annotations

from django import forms


class PlaceForm(forms.Form):
    """A form that remembers the page it stands on."""

    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
