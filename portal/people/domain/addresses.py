"""E-mail addresses: nobody signs in before theirs is confirmed."""

from allauth.account.models import EmailAddress

from portal.people.models import User


def confirm_address(person: User) -> None:
    """Take the address of `person` for confirmed: somebody who may vouch for it has given it."""
    known = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults=known)
