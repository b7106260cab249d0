from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text
from portal.participation.domain import split_tags
from portal.participation.models import Comment

COMMENT_LENGTH = Comment._meta.get_field("text").max_length


class PlaceForm(forms.Form):
    """A form that remembers the page it stands on."""

    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)


class CommentForm(PlaceForm):
    """A comment, in plain text."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("A comment has at most %(limit_value)d characters (yours has %(show_value)d)."),
        },
    )

    def clean_text(self) -> str:
        """Return the text without invisible characters, or ask for some."""
        text = clean_text(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(_("Write something first."))
        return text


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
