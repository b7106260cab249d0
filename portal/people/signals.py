from typing import Any

from allauth.account.signals import user_signed_up
from django.dispatch import receiver

from portal.people.domain import give_role
from portal.people.enums import Role
from portal.people.models import User


@receiver(user_signed_up)
def welcome_participant(user: User, **kwargs: Any) -> None:
    """Whoever signs up is a participant."""
    give_role(user, Role.PARTICIPANT)
