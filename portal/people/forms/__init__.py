from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.people.enums import MembershipRole
from portal.people.forms.profile import readable_name
from portal.people.models import Organisation, User
from portal.people.querysets import FOUND


class SignupExtraForm(forms.Form):
    """What sign-up asks for beside the e-mail address and the password (allauth's `ACCOUNT_SIGNUP_FORM_CLASS`)."""

    display_name = forms.CharField(
        label=_("Name or pseudonym"),
        max_length=80,
        help_text=_("Others see this name beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def clean_display_name(self) -> str:
        """Return the name as others can read it, or ask for one that can be seen."""
        return readable_name(self.cleaned_data["display_name"])

    field_order = ["display_name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name, and write to the person in the language of this page (called by allauth once the person is made)."""
        user.display_name = self.cleaned_data["display_name"]
        user.language = get_language() or user.language
        user.save(update_fields=["display_name", "language"])


class MembershipForm(forms.Form):
    """Asks to be a member of one of the organisations that were found."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an organisation."),
            "invalid_choice": _("Choose an organisation among those that were found."),
        },
    )
    role = forms.ChoiceField(label=_("What you are there"), choices=MembershipRole.choices)

    def __init__(self, *args: Any, found: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in found[:FOUND]])  # type: ignore[attr-defined]
        field.choices = [(one.pk, _with_place(one)) for one in found[:FOUND]]  # type: ignore[attr-defined]


def _with_place(organisation: Organisation) -> str:
    place = organisation.territory
    return f"{organisation.name} ({place.name})" if place and place.name not in organisation.name else organisation.name
