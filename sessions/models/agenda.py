from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.base import OfSession


def new_token() -> str:
    """Return an address part that nobody guesses: 192 random bits, safe in a URL."""
    return secrets.token_urlsafe(24)


class Agenda(models.Model):
    """Sessions that somebody keeps behind a private link; it needs no account and can belong to one."""

    token = models.CharField(_("private link"), max_length=64, unique=True, default=new_token, editable=False)
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="agenda", verbose_name=_("owner")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class AgendaEntry(OfSession):
    """That a session is in an agenda."""

    agenda = models.ForeignKey(Agenda, models.CASCADE, related_name="entries", verbose_name=_("agenda"))
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("session of an agenda")
        verbose_name_plural = _("sessions of agendas")
        constraints = [models.UniqueConstraint(fields=["agenda", "session_key"], name="workshop_agenda_session_once")]

    def __str__(self) -> str:
        return str(self.session_key)
