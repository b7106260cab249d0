"""What is discussed, and what can be hidden of what is said of it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from portal.participation.enums import ModerationMode
from portal.participation.querysets import ModeratedQuerySet


class Subject(models.Model):
    """What is discussed and tagged: one row for each Wagtail `translation_key`, whatever language it is read in."""

    translation_key = models.UUIDField(_("translation key"), unique=True, editable=False)

    moderation = models.CharField(
        _("discussion"),
        max_length=8,
        choices=ModerationMode.choices,
        blank=True,
        help_text=_("Empty: as on the whole site."),
    )
    open_until = models.DateTimeField(_("open until"), null=True, blank=True, help_text=_("Empty: without an end."))

    tags = TaggableManager(through="participation.Tagging", blank=True)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self) -> str:
        return str(self.translation_key)

    @classmethod
    def of(cls, translation_key: UUID) -> Subject:
        """Return the subject of the page and its translations, made when it is first asked for."""
        return cls.objects.get_or_create(translation_key=translation_key)[0]


class Moderated(models.Model):
    """Something written by a participant, which a moderator can hide and restore."""

    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("hidden by"),
    )
    hidden_reason = models.ForeignKey(
        "participation.ModerationReason",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("reason"),
    )
    hidden_note = models.CharField(_("note to the author"), max_length=1000, blank=True, editable=False)

    objects = ModeratedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_hidden(self) -> bool:
        """Whether a moderator has hidden it."""
        return self.hidden_at is not None

    @property
    def hidden_by_reports(self) -> bool:
        """Whether the portal hid it because many reported it, and no moderator has decided yet."""
        return self.is_hidden and self.hidden_by_id is None and self.hidden_reason_id is None


class Bookmark(models.Model):
    """That somebody keeps a subject to come back to."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks", verbose_name=_("person"))
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="bookmarks", verbose_name=_("subject"))
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "subject"], name="participation_bookmark_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.subject_id}"
