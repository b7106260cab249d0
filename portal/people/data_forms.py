"""What a person fills in about their own data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text
from portal.people.enums import Purpose, RequestKind
from portal.people.models import DataRequest, User
from portal.people.notices import NOTICES

TEXT_LENGTH = DataRequest._meta.get_field("text").max_length


class DataRequestForm(forms.Form):
    """A request that a facilitator answers."""

    kind = forms.ChoiceField(label=_("What do you ask?"), choices=RequestKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Which data, and why"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("At most %(limit_value)d characters (yours has %(show_value)d)."),
        },
    )

    def clean_text(self) -> str:
        """Return the text without invisible characters, or ask for some."""
        text = clean_text(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(_("Write something first."))
        return text


class ErasureForm(forms.Form):
    """The last word before an account goes: what becomes of what was written, and the person's own address typed again."""

    with_texts = forms.BooleanField(
        label=_("Take away what I wrote in discussions, too"),
        required=False,
        help_text=_("Else your comments stay, without your name, so that the answers of others can be understood."),
    )
    address = forms.CharField(
        label=_("To confirm, type your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Type your e-mail address: nothing is erased without it.")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_address(self) -> str:
        """Return the address, or say that it is another."""
        address = clean_text(self.cleaned_data["address"])
        if address.lower() != self.person.email.lower():
            raise forms.ValidationError(_("This is not the address of your account."))
        return address


def ask_agreement(form: forms.Form, purpose: Purpose) -> None:
    """Add to a form that came back the box by which its writer agrees to the notice, and say that it is asked for."""
    notice = NOTICES[purpose]
    box = forms.CheckboxInput(attrs={"value": notice.version}, check_test=lambda value: str(value) == notice.version)
    form.fields["agree"] = forms.BooleanField(
        label=_("I have read this and agree: %s") % notice.words, required=False, widget=box
    )
    form.add_error("agree", _("Please read this line and tick it, then send again: nothing is lost."))
