from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text
from portal.people.models import User
from portal.vocabulary.enums import Level
from portal.vocabulary.models import Territory


def readable_name(text: str) -> str:
    """Return a name on one line, without invisible characters.

    Raises ValidationError where nothing of it can be seen.
    """
    name = " ".join(clean_text(text).split())
    if not any(char.isalnum() for char in name):
        raise forms.ValidationError(_("Write a name that others can read."))
    return name


class ProfileForm(forms.ModelForm):
    """What a person says of themselves, and the language in which we write to them."""

    reads = forms.MultipleChoiceField(
        label=_("Languages that I read"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ["display_name", "region", "reads", "language"]
        widgets = {"display_name": forms.TextInput({"autocomplete": "nickname", "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        region.queryset = Territory.objects.filter(level=Level.REGION)  # type: ignore[attr-defined]
        region.empty_label = _("I would rather not say")  # type: ignore[attr-defined]
        self.fields["language"].label = _("Language of the e-mails I receive")

    def clean_display_name(self) -> str:
        """Return the name as others can read it."""
        return readable_name(self.cleaned_data["display_name"])
