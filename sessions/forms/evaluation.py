"""What readers write about a session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text
from sessions.models import Evaluation

SCALE = [
    (1, _("1: not at all")),
    (2, _("2: hardly")),
    (3, _("3: half and half")),
    (4, _("4: rather")),
    (5, _("5: entirely")),
]
TICKET_SALT = "sessions.evaluation.ticket"
TICKET_SECONDS = 24 * 3600


class EvaluationForm(forms.ModelForm):
    """Five questions on a session: four answers from 1 to 5, and one in words.

    `ticket` makes each form that was served count once, however often it is sent; it says nothing about who sends it.
    """

    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    class Meta:
        model = Evaluation
        fields = [*Evaluation.RATINGS, "next_step"]
        widgets = {"next_step": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}
        error_messages = {
            "next_step": {"max_length": _("At most %(limit_value)d characters (yours has %(show_value)d).")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Evaluation.RATINGS:
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                choices=SCALE,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the five answers."),
                    "invalid_choice": _("Choose one of the five answers."),
                },
            )

    def clean_next_step(self) -> str:
        """Return the text without invisible characters."""
        return clean_text(self.cleaned_data["next_step"])

    def clean_ticket(self) -> str:
        """Return the number of the form. Raises ValidationError where it is old or not ours: the form comes back with another."""
        try:
            number: str = signing.loads(self.cleaned_data["ticket"], salt=TICKET_SALT, max_age=TICKET_SECONDS)
        except signing.BadSignature:
            raise forms.ValidationError(_("This form is old. Nothing is lost: please send it once more.")) from None
        return number


def new_ticket() -> str:
    """Return the signed number of a form that is served now."""
    return signing.dumps(get_random_string(20), salt=TICKET_SALT)
