"""What people follow, and the digests that tell them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.base import clock
from portal.participation.enums import FollowKind
from portal.people.enums import DigestFrequency


class Follow(models.Model):
    """That a person wants to hear of what is new about something.

    `key` is a translation key (practice, discussion), a slug (theme, organisation, tag), a code (territory) or the query string
    of a search.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=12, choices=FollowKind.choices)
    key = models.CharField(_("what"), max_length=400)
    created_at = models.DateTimeField(_("added at"), default=clock.now)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["kind", "-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="participation_follow_once")]
        indexes = [models.Index(fields=["kind", "key"], name="participation_follow_target")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Digest(models.Model):
    """One digest of a person: of what was new from `since` until `until`. Without `sent_at` it was begun and is sent again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", verbose_name=_("person"))
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    count = models.PositiveIntegerField(_("how many news"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("came back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-until", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "until"], name="participation_digest_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.until:%Y-%m-%d}"


class DigestRun(models.Model):
    """That the digests of a frequency up to `until` are being sent; with `finished_at` everybody has theirs."""

    frequency = models.CharField(_("frequency"), max_length=8, choices=DigestFrequency.choices)
    until = models.DateTimeField(_("until"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sending of digests")
        verbose_name_plural = _("sendings of digests")
        ordering = ["-until", "-pk"]
        constraints = [models.UniqueConstraint(fields=["frequency", "until"], name="participation_digest_run_once")]

    def __str__(self) -> str:
        return f"{self.frequency} {self.until:%Y-%m-%d}"
