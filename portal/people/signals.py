from typing import Any

from allauth.account.signals import user_signed_up
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal.people.documents import document_key
from portal.people.domain import give_role
from portal.people.enums import Role
from portal.people.models import Organisation, User
from search.domain import enqueue


def connect() -> None:
    """Tell search of organisations that change, from wherever that is done."""
    for signal in (post_save, post_delete):
        signal.connect(_organisation_changed, sender=Organisation, dispatch_uid="search-organisation")


@receiver(user_signed_up)
def welcome_participant(user: User, **kwargs: Any) -> None:
    """Whoever signs up is a participant."""
    give_role(user, Role.PARTICIPANT)


def _organisation_changed(instance: Organisation, **kwargs: Any) -> None:
    if instance.pk is not None:
        enqueue([document_key(instance.pk)])
