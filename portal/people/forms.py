from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text
from portal.people.models import User


class SignupExtraForm(forms.Form):
    """What sign-up asks for beside the e-mail address and the password (allauth's `ACCOUNT_SIGNUP_FORM_CLASS`)."""

    display_name = forms.CharField(
        label=_("Name or pseudonym"),
        max_length=80,
        help_text=_("Others see this name beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def clean_display_name(self) -> str:
        """Return the name on one line, without invisible characters, or ask for one that can be seen."""
        name = " ".join(clean_text(self.cleaned_data["display_name"]).split())
        if not any(char.isalnum() for char in name):
            raise forms.ValidationError(_("Write a name that others can read."))
        return name

    field_order = ["display_name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name (called by allauth once the person is made)."""
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])
