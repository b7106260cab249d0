"""The letters that tell contributors where their practice stands: plain text, and the same as simple HTML."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from good_practices.enums import ContributionState
from good_practices.models import Contribution
from portal.people import mail


def send_news(pk: int, state: str) -> None:
    """Send the letter about `state`, in the contributor's language; nothing where it was deleted or has moved on.

    Raises OSError if it cannot be sent (smtplib's errors are such).
    """
    contribution = Contribution.objects.select_related("contributor", "page").filter(pk=pk, state=state).first()
    if contribution is None or not contribution.contributor.email:
        return
    with override(contribution.contributor.language):
        context = _context(contribution)
    mail.send(contribution.contributor, "good_practices/mail/news", context)


def _context(contribution: Contribution) -> dict[str, Any]:
    state = ContributionState(contribution.state)
    subjects = {
        ContributionState.SUBMITTED: _("We have received your practice"),
        ContributionState.RETURNED: _("Your practice: changes are asked for"),
        ContributionState.PUBLISHED: _("Your practice is published"),
        ContributionState.DECLINED: _("Your practice was not taken up"),
    }
    address = reverse("contribution_step", args=[contribution.key, "problem"])
    if state != ContributionState.RETURNED:
        address = reverse("contribute")
    if state == ContributionState.PUBLISHED and contribution.page:
        address = contribution.page.specific.url or address
    return {
        "subject": subjects.get(state, ""),
        "state": state,
        "title": str(contribution),
        "comment": contribution.data.get("review", {}).get("comment", ""),
        "url": address if address.startswith("http") else f"{settings.BASE_URL}{address}",
    }
