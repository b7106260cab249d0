"""What a reader says is wrong in a practice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from good_practices.models import MistakeReport
from portal.base.text import clean_text

TEXT_LENGTH = MistakeReport._meta.get_field("text").max_length


class MistakeForm(forms.ModelForm):
    """A mistake in words, without an account. `website` is seen by machines only: whoever fills it in is one."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("Say where it is and, if you can, how you know."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("At most %(limit_value)d characters (yours has %(show_value)d)."),
        },
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    class Meta:
        model = MistakeReport
        fields = ["text", "email"]
        widgets = {"email": forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"})}

    field_order = ["text", "email"]
    unseen = ("website",)

    def clean_text(self) -> str:
        """Return the text without invisible characters, or ask for some."""
        text = clean_text(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(_("Write something first."))
        return text

    @property
    def from_a_machine(self) -> bool:
        """Whether what nobody sees was filled in."""
        return bool(self.data.get("website"))
