from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text
from portal.participation.forms.places import PlaceForm
from portal.participation.models import Comment

COMMENT_LENGTH = Comment._meta.get_field("text").max_length


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
