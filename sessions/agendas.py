"""What people do with their agendas: every write, and who has which."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.people.models import User
from sessions import stars
from sessions.models import Agenda, AgendaEntry, SessionPage
from sessions.models.agenda import new_token


def agenda_of(request: HttpRequest) -> Agenda | None:
    """Return the agenda that the server keeps for who sends `request`: the account's, else the one behind the browser's link."""
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return Agenda.objects.filter(owner=user).first()
    return by_token(request.COOKIES.get(stars.LINK_COOKIE, ""))


def by_token(token: str) -> Agenda | None:
    """Return the agenda behind a private link; None where the link is dead or was never one."""
    well_formed = token.isascii() and token.isprintable() and len(token) <= 64
    return Agenda.objects.filter(token=token).first() if token and well_formed else None


def keys_in(agenda: Agenda) -> frozenset[UUID]:
    """Return the keys of the sessions in an agenda."""
    return frozenset(agenda.entries.values_list("session_key", flat=True))


def keys_of(codes: Collection[str]) -> frozenset[UUID]:
    """Return the keys of the published sessions that have one of these codes."""
    if not codes:
        return frozenset()
    keys = SessionPage.objects.published().order_by().values_list("translation_key", flat=True).distinct()
    return frozenset(key for key in keys if stars.code_of(key) in codes)


def is_published(key: UUID) -> bool:
    """Return whether the session can be read in some language."""
    return SessionPage.objects.published().filter(translation_key=key).exists()


def settle(request: HttpRequest, agenda: Agenda | None, change: tuple[UUID, bool] | None = None) -> frozenset[UUID]:
    """Bring what the browser changed, and one `change` more (a session's key, in or out), together with what is kept.

    Returns the keys that the agenda holds then; with no agenda on the server these are the browser's own.
    Raises ValidationError where there would be too many.
    """
    browser = stars.read(request)
    if agenda is None:
        keys = set(keys_of(browser.codes))
        if change:
            (keys.add if change[1] else keys.discard)(change[0])
        _check_number(keys)
        return frozenset(keys)
    if browser.changed:
        change_entries(agenda, keys_of(browser.added), [key for key in keys_in(agenda) if stars.code_of(key) in browser.removed])
    if change:
        change_entries(agenda, [change[0]] if change[1] else [], [] if change[1] else [change[0]])
    return keys_in(agenda)


@transaction.atomic
def change_entries(agenda: Agenda, added: Iterable[UUID], removed: Iterable[UUID] = ()) -> None:
    """Put sessions into an agenda and take others out; what is so already stays so.

    Raises ValidationError where it would hold too many; then nothing is changed.
    """
    held = set(Agenda.objects.select_for_update().get(pk=agenda.pk).entries.values_list("session_key", flat=True))
    gone, new = held & set(removed), set(added) - held
    _check_number((held - gone) | new)
    agenda.entries.filter(session_key__in=gone).delete()
    AgendaEntry.objects.bulk_create(AgendaEntry(agenda=agenda, session_key=key) for key in sorted(new))


@transaction.atomic
def keep(keys: Iterable[UUID], owner: User | None = None) -> Agenda:
    """Keep sessions on the server and return their agenda: the owner's, or a new one that needs no account.

    Raises ValidationError where there are too many.
    """
    agenda = Agenda.objects.get_or_create(owner=owner)[0] if owner else Agenda.objects.create()
    change_entries(agenda, keys)
    return agenda


@transaction.atomic
def join_account(user: User, browser: stars.Stars, token: str) -> Agenda | None:
    """Bring the agenda of a browser into the account of who signs up or in with it.

    Returns the account's agenda; None where both are empty.

    A private agenda becomes the account's, link and all, where the account has none; else its sessions are copied and its link
    goes on working by itself. Doing it again changes nothing. What no longer fits is left out, the account's own comes first.
    """
    private = by_token(token)
    if private and private.owner_id not in (None, user.pk):
        private = None
    own = Agenda.objects.select_for_update().filter(owner=user).first()
    if own is None and private is not None:
        private.owner, own = user, private
        private.save(update_fields=["owner"])
    new = keys_of(browser.codes) | (keys_in(private) if private else frozenset())
    if own is None and not new:
        return None
    own = own or Agenda.objects.create(owner=user)
    held = keys_in(own)
    change_entries(own, sorted(new - held)[: stars.LIMIT - len(held)])
    return own


@transaction.atomic
def revoke(agenda: Agenda) -> None:
    """Make the private link dead at once. An account keeps its agenda, behind a link that nobody has been told."""
    if agenda.owner_id:
        renew(agenda)
    else:
        agenda.delete()


def renew(agenda: Agenda) -> str:
    """Give the agenda another private link and return its token; the old one is dead at once."""
    agenda.token = new_token()
    agenda.save(update_fields=["token"])
    return agenda.token


def _check_number(keys: Collection[UUID]) -> None:
    if len(keys) > stars.LIMIT:
        raise ValidationError(_("An agenda holds at most %(count)d sessions.") % {"count": stars.LIMIT})
