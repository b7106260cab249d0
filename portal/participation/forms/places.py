from __future__ import annotations

from django import forms


class Trapped(forms.Form):
    """A form with a field that only machines see (`participation/_trap.html`): whoever fills it in is one."""

    @property
    def from_a_machine(self) -> bool:
        """Whether what nobody sees was filled in."""
        return bool(self.data.get("website"))


class PlaceForm(Trapped):
    """A form that remembers the page it stands on."""

    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
