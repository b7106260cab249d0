"""What editors send about a tag."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.participation.domain.tags import TAG_LENGTH, tag_named, tag_text
from portal.participation.models import Tag
from portal.vocabulary.models import Theme


class TagNamesForm(forms.ModelForm):
    """The names of a tag in each language; an empty one is shown as it was first written."""

    class Meta:
        model = Tag
        fields = ["name_ar", "name_fr", "name_en"]
        widgets = {
            "name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar", "maxlength": TAG_LENGTH}),
            "name_fr": forms.TextInput(attrs={"dir": "ltr", "lang": "fr", "maxlength": TAG_LENGTH}),
            "name_en": forms.TextInput(attrs={"dir": "ltr", "lang": "en", "maxlength": TAG_LENGTH}),
        }

    def clean(self) -> dict[str, Any]:
        """Return the names as tags are written."""
        data = super().clean() or {}
        for field in self.Meta.fields:
            if data.get(field):
                try:
                    data[field] = tag_text(data[field])
                except ValidationError as error:
                    self.add_error(field, error)
        return data

    def names(self) -> dict[str, str]:
        """Return language -> name."""
        return {field.removeprefix("name_"): self.cleaned_data[field] for field in self.Meta.fields}


class MergeForm(forms.Form):
    """Into which tag one is merged: written as anybody would write it."""

    into = forms.CharField(
        label=_("Merge into"),
        max_length=100,
        help_text=_("The tag that stays, in any of its forms. What bears this tag will bear that one; addresses lead there."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "list": "other-tags"}),
    )

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag = tag

    def clean_into(self) -> Tag:
        """Return the tag that is meant, or say that there is none."""
        found = tag_named(self.cleaned_data["into"])
        if found is None:
            raise ValidationError(_t("There is no such tag."))
        if found.pk == self.tag.pk:
            raise ValidationError(_t("A tag cannot be merged with itself."))
        return found


class PromoteForm(forms.Form):
    """Of which theme a tag becomes a synonym."""

    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=_("Synonym of the theme"),
        help_text=_("Who searches for this tag will find what is about the theme, too."),
    )
