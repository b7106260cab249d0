from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text
from portal.participation.enums import ReportReason
from portal.participation.forms.places import Trapped
from portal.participation.models import Appeal, Report

NOTE_LENGTH = Report._meta.get_field("note").max_length
APPEAL_LENGTH = Appeal._meta.get_field("text").max_length
TOO_LONG = _("At most %(limit_value)d characters (yours has %(show_value)d).")


class ReportForm(Trapped):
    """Why a comment breaks the rules."""

    reason = forms.ChoiceField(
        label=_("Why do you report it?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )
    note = forms.CharField(
        label=_("What should moderators know?"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"max_length": TOO_LONG},
    )

    def clean_note(self) -> str:
        """Return the note without invisible characters."""
        return clean_text(self.cleaned_data["note"])


class AppealForm(forms.Form):
    """Why a hidden comment should be shown."""

    text = forms.CharField(
        label=_("Why should it be shown?"),
        max_length=APPEAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write something first."), "max_length": TOO_LONG},
    )

    def clean_text(self) -> str:
        """Return the text without invisible characters, or ask for some."""
        text = clean_text(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(_("Write something first."))
        return text
