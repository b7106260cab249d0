"""The letters that tell people where their requests stand."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from portal.people import mail
from portal.people.models import Membership


def send_membership_answer(pk: int) -> None:
    """Send the facilitator's answer to a request; nothing where it was taken back, or asked again, in the meantime.

    Raises OSError if it cannot be sent.
    """
    membership = Membership.objects.select_related("person", "organisation").filter(pk=pk).first()
    if membership is None or not (membership.is_verified or membership.declined_at):
        return
    person = membership.person
    with override(person.language):
        context = {
            "organisation": membership.organisation.name,
            "role": membership.get_role_display(),
            "verified": membership.is_verified,
            "answer": membership.answer,
            "url": f"{settings.BASE_URL}{reverse('my_organisations')}",
        }
    mail.send(person, "people/mail/membership", context)
