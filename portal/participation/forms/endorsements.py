from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text
from portal.participation.enums import EndorsementKind
from portal.participation.models import Endorsement
from portal.people.models import Organisation

TEXT_LENGTH = Endorsement._meta.get_field("text").max_length


class EndorsementForm(forms.Form):
    """What one of the reader's organisations says of a practice."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("In the name of"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an organisation."),
            "invalid_choice": _("Choose an organisation of which you are a verified member."),
        },
    )
    kind = forms.ChoiceField(
        label=_("What do you say of it?"),
        choices=EndorsementKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
    )
    text = forms.CharField(
        label=_("What came of it"),
        required=False,
        max_length=TEXT_LENGTH,
        help_text=_("In a line or two: how it was of use, or what you did, where, and with which result."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"max_length": _("At most %(limit_value)d characters (yours has %(show_value)d).")},
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
        if len(organisations) == 1:
            field.initial = organisations[0].pk

    def clean_text(self) -> str:
        """Return the text on one line, without invisible characters."""
        return " ".join(clean_text(self.cleaned_data["text"]).split())
