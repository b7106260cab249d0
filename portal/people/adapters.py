"""How allauth does things here: its letters are ours, in the person's language, and its limits answer with a page (429)."""

from __future__ import annotations

import base64
import logging
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_noop, ngettext_lazy, override
from django.utils.translation import gettext_lazy as _

from portal.base.languages import current_language
from portal.base.text import clean_text
from portal.people import mail
from portal.people.models import User

logger = logging.getLogger(__name__)

OUR_WORDS = (
    gettext_noop("Current Password"),
    gettext_noop("Email address"),
    gettext_noop("Forgot your password?"),
    gettext_noop("New Password"),
    gettext_noop("New Password (again)"),
    gettext_noop("Remember Me"),
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("This password is entirely numeric."),
    gettext_noop("This password is too common."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("Your password can’t be entirely numeric."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
)
"""Words of allauth's and Django's forms that our catalogues say in their own way."""

CODE_PAGES = {
    "account/email/email_confirmation": "account_email_verification_sent",
    "account/email/email_confirmation_signup": "account_email_verification_sent",
    "account/email/login_code": "account_confirm_login_code",
    "account/email/password_reset_code": "account_confirm_password_reset_code",
}
"""Letters with a code, and where it is typed. Their link only fills it in: it works in the browser that asked, and a button
must be pressed, so that neither a scanner of mails nor somebody to whom the letter is passed on uses it up."""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and addresses."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code. Look again at the latest message: an older one no longer works."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_password": _("This is not your password."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the letter in its reader's language. If what the reader waits for does not leave, say so instead of going on."""
        person = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = person.language if person else None
        words = {**context, "name": person.display_name if person else "", "email": email}
        words["url"] = context.get("password_reset_url") or context.get("signup_url")
        page = CODE_PAGES.get(template_prefix)
        try:
            if page:
                words["url"] = self._code_url(page, context["code"], language)
            mail.send(email, template_prefix, words, language)
        except OSError as error:
            logger.exception("a letter of the account did not leave: %s", template_prefix)
            if "timestamp" not in context:  # not one that only tells what was done
                raise ImmediateHttpResponse(render(self.request, "account/mail_failed.html", status=503)) from error

    def _code_url(self, page: str, code: str, language: str | None) -> str:
        onward = get_next_redirect_url(self.request)
        question = {"code": code, **({"next": onward} if onward else {})}
        with override(language or get_language()):
            path = reverse(page)
        return self.request.build_absolute_uri(f"{path}?{urlencode(question)}")

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Let the limits count an attempt; too many are answered with the page that says so."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error

    def get_login_redirect_url(self, request: Any) -> str:
        """Return the first page, in the language of the page where somebody signed in."""
        return f"/{current_language()}/"

    get_logout_redirect_url = get_signup_redirect_url = get_login_redirect_url

    def clean_email(self, email: str) -> str:
        """Return `email`, or refuse one with characters that cannot be seen."""
        if clean_text(email) != email:
            raise ValidationError(_("This address has characters that cannot be seen: please type it again."))
        return email


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: codes of an application (TOTP, RFC 6238) and codes to keep."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code that the application shows now."),
        "unverified_email": _("Confirm your new e-mail address first, or give it up."),
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as the database keeps it: whoever reads a backup cannot make the codes."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret, also while `SECRET_KEY` is being replaced (`SECRET_KEY_FALLBACKS`)."""
        return _vault().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code (ISO/IEC 18004) of `url` as SVG, dark on light in every theme."""
        drawing = BytesIO()
        segno.make(url, error="m", micro=False).save(drawing, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False)
        return drawing.getvalue().decode()


def _vault() -> MultiFernet:
    """Return the cipher (Fernet: AES-128-CBC with HMAC-SHA256) with keys that are drawn from the secrets of the settings."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (salted_hmac("portal.people.second-factor", "", secret, algorithm="sha256").digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
