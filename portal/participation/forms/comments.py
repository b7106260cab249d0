from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from portal.base.languages import current_language
from portal.base.text import clean_prose
from portal.participation.enums import CommentKind
from portal.participation.forms.places import PlaceForm
from portal.participation.models import Comment
from portal.participation.written_language import language_of

COMMENT_LENGTH = Comment._meta.get_field("text").max_length
LARGEST_KEY = 2**63 - 1
NO_WORDS = _("Write something first.")
TOO_LONG = _("A comment has at most %(limit_value)d characters (yours has %(show_value)d).")


def language_choices() -> list[tuple[str, Any]]:
    """Return the languages in their own names; "": as the text tells."""
    return [("", _("As in the text")), *((code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES)]


class WordsForm(PlaceForm):
    """Something said, in plain text."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": NO_WORDS, "max_length": TOO_LONG},
    )

    def clean_text(self) -> str:
        """Return the text without invisible characters, or ask for some."""
        text = clean_prose(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(NO_WORDS)
        return text


class EditForm(WordsForm):
    """A comment that its author mends; its language is found again where none is chosen."""

    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)

    def clean(self) -> dict[str, Any]:
        """Find the language of the text where none is chosen."""
        cleaned = {**self.cleaned_data}
        if "text" in cleaned and not cleaned.get("language"):
            cleaned["language"] = language_of(cleaned["text"], current_language())
        return cleaned


class CommentForm(EditForm):
    """A comment. With `reply`, the key of the comment that it answers, it is of no kind; `quote` shows that one with it.

    `asks`: questions are asked in this form, too (False where the page has another place for them).
    """

    kind = forms.ChoiceField(label=_("Kind"), choices=CommentKind.choices, required=False, initial=CommentKind.COMMENT)
    reply = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST_KEY)
    quote = forms.BooleanField(widget=forms.HiddenInput, required=False)

    field_order = ("text", "kind", "language")

    def __init__(self, *args: Any, asks: bool = True, replies: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [choice for choice in CommentKind.choices if asks or choice[0] != CommentKind.QUESTION]
        self.asks = asks
        self.fields["kind"].widget.choices = [*kinds[-1:], *kinds[:-1]]
        if replies:
            del self.fields["kind"]
            self.fields["text"].label = _("Your answer")
            self.fields["text"].widget.attrs["autofocus"] = True

    def clean_kind(self) -> CommentKind:
        """Return a plain comment where nothing was chosen, and for a question where these have another place."""
        kind = CommentKind(self.cleaned_data["kind"] or CommentKind.COMMENT)
        return CommentKind.COMMENT if kind == CommentKind.QUESTION and not self.asks else kind
