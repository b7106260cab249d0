"""Codes that people copy from a letter or an application: in the digits of their own keyboard, or filled in by a link."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.account.forms import ConfirmEmailVerificationCodeForm, ConfirmLoginCodeForm, ConfirmPasswordResetCodeForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.text import clean_text

LONGEST = 40


def plain_digits(code: str) -> str:
    """Return `code` without spaces or dashes, its digits (٠ to ٩ too) written as 0 to 9."""
    digits = (str(unicodedata.decimal(char, char)) for char in clean_text(code))
    return "".join(char for char in digits if char.isalnum())


class CodeMixin:
    """A field for a code: figures from left to right, and the telephone's own suggestion."""

    base_fields: dict[str, forms.Field]
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code")
        field.widget = forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "maxlength": LONGEST}
        )
        field.widget.is_required = True

    def clean_code(self) -> str:
        """Return the code, if it is the one that is waited for."""
        self.cleaned_data["code"] = plain_digits(self.cleaned_data["code"][:LONGEST])
        return super().clean_code()  # type: ignore[misc]


class LetterCodeMixin(CodeMixin):
    """A code from a letter, whose link fills it in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = clean_text(context.request.GET.get("code", ""))[:LONGEST]


class AddressCodeForm(LetterCodeMixin, ConfirmEmailVerificationCodeForm):
    """Confirms an e-mail address."""


class SignInCodeForm(LetterCodeMixin, ConfirmLoginCodeForm):
    """Signs in without a password."""


class PasswordCodeForm(LetterCodeMixin, ConfirmPasswordResetCodeForm):
    """Leads to a new password."""


class SecondFactorForm(CodeMixin, AuthenticateForm):
    """Finishes a sign-in."""


class SecondFactorAgainForm(CodeMixin, ReauthenticateForm):
    """Shows again who it is."""


class FirstTotpForm(CodeMixin, ActivateTOTPForm):
    """Sets up the application."""
