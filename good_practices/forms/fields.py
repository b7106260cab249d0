"""Fields that take whatever is typed: cleaned, never cut by the browser."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text

LONG = 6000
TOO_LONG = _("At most %(limit_value)d characters: this has %(show_value)d. Nothing was lost: shorten it here.")


class Words(forms.CharField):
    """A text of `max_length` characters at most; `example` is shown beside it."""

    def __init__(self, *, example: Any = "", rows: int = 0, max_length: int = LONG, **kwargs: Any) -> None:
        self.example = example
        attributes = {"dir": "auto", **({"rows": rows} if rows else {})}
        widget = forms.Textarea(attributes) if rows else forms.TextInput({**attributes, "autocomplete": "off"})
        errors = {"max_length": TOO_LONG, "required": _("Write something here.")}
        super().__init__(max_length=max_length, widget=widget, error_messages=errors, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return no `maxlength`: with it browsers cut what is pasted, without a word."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        """Return the text without invisible characters; on one line where the field has one."""
        text = clean_text(super().to_python(value) or "")
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split())


def radio(choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """Return a choice of one among a few."""
    errors = {"required": _("Choose one."), "invalid_choice": _("Choose one of these.")}
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=errors, **kwargs)
