from typing import Any

from allauth.account.signals import user_signed_up
from django.apps import apps
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from portal.base.languages import current_language
from portal.people.documents import document_key
from portal.people.domain import give_role
from portal.people.domain.consent import record_consent
from portal.people.domain.erasure import forget
from portal.people.enums import Purpose, Role
from portal.people.models import Organisation, User
from portal.people.personal_data import Erasure
from search.domain import enqueue

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - it stands where allauth asks for an address, and says none


def connect() -> None:
    """Tell search of organisations that change, erase people whoever deletes them, and keep no address of a connection."""
    for signal in (post_save, post_delete):
        signal.connect(_organisation_changed, sender=Organisation, dispatch_uid="search-organisation")
    pre_delete.connect(_person_deleted, sender=User, dispatch_uid="personal-data")
    if apps.is_installed("allauth.usersessions"):
        pre_save.connect(_keep_no_address, sender="usersessions.UserSession", dispatch_uid="personal-data")


@receiver(user_signed_up)
def welcome_participant(user: User, **kwargs: Any) -> None:
    """Whoever signs up is a participant, and has agreed to the notices of the form."""
    give_role(user, Role.PARTICIPANT)
    for purpose in (Purpose.ACCOUNT, Purpose.PUBLISHING):
        record_consent(user, purpose, current_language())


def _person_deleted(instance: User, **kwargs: Any) -> None:
    """Who deletes a person in the CMS, or by a command, erases them as they would themselves."""
    if not getattr(instance, "erased", False):
        forget(Erasure(instance, with_texts=False))


def _keep_no_address(instance: Any, **kwargs: Any) -> None:
    """A session is told by its browser and its dates: the address of its connection is kept nowhere."""
    instance.ip = NO_ADDRESS


def _organisation_changed(instance: Organisation, **kwargs: Any) -> None:
    if instance.pk is not None:
        enqueue([document_key(instance.pk)])
