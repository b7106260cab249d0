"""What participants say."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.base import clock
from portal.base.models import Illustrative
from portal.participation.enums import CommentKind
from portal.participation.models.subjects import Moderated, Subject
from portal.participation.querysets import CommentQuerySet


class Comment(Illustrative, Moderated):
    """What a participant says about a subject, in plain text, or replies to a comment (`parent`, which is no reply itself).

    Without `published_at` it waits for a moderator; `removed_at` is when its author took it back, or was erased.
    A question can be answered by those who run the session.
    """

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="comments", verbose_name=_("subject"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments", verbose_name=_("author")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CommentKind.choices, default=CommentKind.COMMENT)
    text = models.TextField(_("text"), max_length=4000)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="replies", verbose_name=_("reply to")
    )
    quoted = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("quotes")
    )
    published_at = models.DateTimeField(_("published at"), default=clock.now, null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)
    useful_count = models.PositiveIntegerField(_("found useful"), default=0, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True, editable=False)
    answer_language = models.CharField(
        _("language of the answer"), max_length=8, choices=settings.LANGUAGES, blank=True, editable=False
    )

    objects = CommentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["subject", "created_at"]),
            models.Index(fields=["subject", "parent", "created_at"], name="participation_comment_threads"),
            models.Index(fields=["subject", "parent", "useful_count", "created_at"], name="participation_comment_useful"),
        ]
        permissions = [
            ("moderate_comment", "Can hide and restore comments"),
            ("answer_comment", "Can answer questions"),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).words(12)

    def get_absolute_url(self) -> str:
        """Return the address of its own, which leads to where it stands on its subject's page."""
        return reverse("comment", args=[self.pk])

    @property
    def is_published(self) -> bool:
        """Whether it waits for no moderator."""
        return self.published_at is not None

    @property
    def is_seen(self) -> bool:
        """Whether everybody can read it."""
        return self.is_published and not self.is_hidden and self.removed_at is None

    @property
    def author_name(self) -> str:
        """The name that is shown beside it."""
        if self.author:
            return str(self.author)
        return gettext("Illustrative example") if self.illustrative else gettext("Removed person")

    @property
    def is_question(self) -> bool:
        """Whether it asks for an answer, and is voted on."""
        return self.kind == CommentKind.QUESTION

    @property
    def is_answered(self) -> bool:
        """Whether it was answered, in the session or in writing."""
        return self.answered_at is not None


class CommentVersion(models.Model):
    """What a comment said before it was edited."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="versions", verbose_name=_("comment"))
    text = models.TextField(_("text"), max_length=4000)
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("former text of a comment")
        verbose_name_plural = _("former texts of comments")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return Truncator(self.text).words(12)


class Vote(models.Model):
    """That somebody wants a question answered, too, or finds another comment useful."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="votes", verbose_name=_("comment"))
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes", verbose_name=_("voter"))
    created_at = models.DateTimeField(_("given at"), auto_now_add=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["comment", "voter"], name="participation_vote_once")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.voter_id}"
