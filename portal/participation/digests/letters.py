"""A digest as a mail: plain text, and the same as simple HTML, with what lets one stop it without signing in (RFC 8058)."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.base.languages import direction
from portal.participation.digests import links
from portal.participation.digests.composing import Content, Reader, absolute
from portal.people.enums import DigestFrequency


def letter(reader: Reader, content: Content, digest: int, frequency: DigestFrequency) -> EmailMultiAlternatives:
    """Return the mail of the digest with the key `digest`. The reader's language is to be active.

    The same digest always has the same Message-ID, by which mailboxes know one that is sent twice.
    """
    stop = links.stop_url(reader.pk, reader.links, reader.language)
    context = context_of(reader, content, frequency, stop)
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<digest.{links.bounce_token(digest)}@{_domain()}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": reader.language,
    }
    text = render_to_string("participation/mail/digest.txt", context)
    mail = EmailMultiAlternatives(context["subject"], text, _envelope(digest), [reader.email], headers=headers)
    mail.attach_alternative(render_to_string("participation/mail/digest.html", context), "text/html")
    return mail


def context_of(reader: Reader, content: Content, frequency: DigestFrequency, stop: str) -> dict[str, Any]:
    """Return what the templates of a digest show."""
    subjects = {
        DigestFrequency.DAILY: _("What is new today in what you follow"),
        DigestFrequency.WEEKLY: _("What is new this week in what you follow"),
    }
    return {
        "subject": subjects.get(frequency, subjects[DigestFrequency.WEEKLY]),
        "name": " ".join(reader.name.split()),
        "content": content,
        "sections": [(one, links.unfollow_url(one.follow, reader.links, reader.language)) for one in content.sections],
        "stop_url": stop,
        "manage_url": absolute(reverse("following")),
        "language": reader.language,
        "direction": direction(reader.language),
    }


def _envelope(digest: int) -> str:
    """Return where a mail that cannot be delivered comes back to: an address for each digest, where one is configured."""
    local, _at, domain = settings.BOUNCE_ADDRESS.partition("@")
    return f"{local}+{links.bounce_token(digest)}@{domain}" if domain else settings.DEFAULT_FROM_EMAIL


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
