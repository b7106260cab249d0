"""How discussions are kept good: reports, decisions and their reasons, appeals, bans."""

from __future__ import annotations

from itertools import chain, count
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.contrib.settings.registry import register_setting

from portal.base import clock
from portal.base.languages import in_language
from portal.base.models import MultilingualName
from portal.participation.enums import ModerationAct, ModerationMode, ReportReason
from portal.participation.models.comments import Comment


@register_setting(icon="comment")
class DiscussionSettings(BaseGenericSetting):
    """How discussions are moderated where their page says nothing else."""

    moderation = models.CharField(_("discussion"), max_length=8, choices=ModerationMode.choices, default=ModerationMode.AFTER)
    hide_after_reports = models.PositiveSmallIntegerField(
        _("reports that hide a comment"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("A comment that so many people report is hidden until a moderator decides."),
    )

    panels = [FieldPanel("moderation"), FieldPanel("hide_after_reports")]

    class Meta:
        verbose_name = _("discussions")


class ModerationReason(MultilingualName):
    """Why something is hidden or refused, in words that its author is told: ready in the portal's languages.

    `code` names it in the log of decisions and in public figures, and never changes.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True, editable=False)
    message_ar = models.TextField(_("message in Arabic"), max_length=1000)
    message_fr = models.TextField(_("message in French"), max_length=1000)
    message_en = models.TextField(_("message in English"), max_length=1000, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        *MultilingualName.name_panels,
        FieldPanel("message_ar"),
        FieldPanel("message_fr"),
        FieldPanel("message_en"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        verbose_name = _("reason of moderation")
        verbose_name_plural = _("reasons of moderation")
        ordering = ["sort_order", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new reason its code, from its name in Latin letters."""
        if not self.code:
            name = (slugify(self.name_en) or slugify(self.name_fr) or "reason")[:30]
            taken = set(ModerationReason.objects.filter(code__startswith=name).values_list("code", flat=True))
            self.code = next(code for code in chain([name], (f"{name}-{n}" for n in count(2))) if code not in taken)
        super().save(*args, **kwargs)

    @property
    def message(self) -> str:
        """The message in the active language, else the first that is filled in."""
        return in_language(self, "message")


class Report(models.Model):
    """That somebody finds that a comment breaks the rules."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports", verbose_name=_("comment"))
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports", verbose_name=_("reported by")
    )
    reason = models.CharField(_("reason"), max_length=12, choices=ReportReason.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("reported at"), default=clock.now)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["comment", "reporter"], name="participation_report_once")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reason}"


class ModerationAction(models.Model):
    """One decision, kept for good: rows are only added (the database refuses to change them).

    It bears no foreign keys, so that nothing that is erased elsewhere changes it. People are named by `User.key`, which says
    nothing of them.
    """

    at = models.DateTimeField(_("decided at"), default=clock.now, db_index=True)
    act = models.CharField(_("decision"), max_length=12, choices=ModerationAct.choices)
    actor_key = models.UUIDField(_("decided by"), null=True)
    author_key = models.UUIDField(_("author"), null=True)
    target = models.CharField(_("about"), max_length=24)
    target_id = models.PositiveBigIntegerField(_("number"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("decision of moderation")
        verbose_name_plural = _("decisions of moderation")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["target", "target_id"], name="participation_action_target"),
            models.Index(fields=["author_key"], name="participation_action_author"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.target} {self.target_id or ''}"


class Appeal(models.Model):
    """That the author of a hidden comment asks another moderator to look again, once."""

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="appeal", verbose_name=_("comment"))
    text = models.TextField(_("text"), max_length=1000)
    created_at = models.DateTimeField(_("written at"), default=clock.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    granted = models.BooleanField(_("granted"), null=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return str(self.comment_id)


class Ban(models.Model):
    """That a person may not write, for a time (`until`) or for good."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bans", verbose_name=_("person"))
    reason = models.ForeignKey(ModerationReason, models.PROTECT, related_name="+", verbose_name=_("reason"))
    created_at = models.DateTimeField(_("decided at"), default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: for good."))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(self.person)
