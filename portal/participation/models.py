"""What people do with content. Everything hangs on a `Subject`, which all translations of a page share."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from portal.base.models import Illustrative
from portal.participation.enums import CommentKind
from portal.participation.querysets import CommentQuerySet, ModeratedQuerySet


class Subject(models.Model):
    """What is discussed and tagged: one row for each Wagtail `translation_key`, whatever language it is read in."""

    translation_key = models.UUIDField(_("translation key"), unique=True, editable=False)

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

    objects = ModeratedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_hidden(self) -> bool:
        """Whether a moderator has hidden it."""
        return self.hidden_at is not None


class Tag(TagBase):
    """A free word given by participants."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")


class Tagging(Moderated, ItemBase):
    """That a person gave a tag to a subject, and when (a taggit through model)."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", verbose_name=_("tag"))
    content_object = models.ForeignKey(Subject, models.CASCADE, related_name="taggings", verbose_name=_("subject"))
    tagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="taggings", verbose_name=_("tagged by")
    )
    tagged_at = models.DateTimeField(_("tagged at"), auto_now_add=True)

    class Meta:
        verbose_name = _("given tag")
        verbose_name_plural = _("given tags")
        ordering = ["-tagged_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="participation_tag_once_per_subject")]
        permissions = [("moderate_tagging", "Can hide and restore tags")]

    def __str__(self) -> str:
        return str(self.tag)

    @property
    def subject(self) -> Subject:
        """What bears the tag (taggit calls it `content_object`)."""
        return self.content_object

    @property
    def author(self) -> Any:
        """Who gave the tag."""
        return self.tagged_by

    @property
    def created_at(self) -> datetime.datetime:
        """When the tag was given."""
        return self.tagged_at


class Comment(Illustrative, Moderated):
    """What a participant says about a subject, in plain text; a question can be answered by those who run the session."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="comments", verbose_name=_("subject"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments", verbose_name=_("author")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CommentKind.choices, default=CommentKind.COMMENT)
    text = models.TextField(_("text"), max_length=4000)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
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
        indexes = [models.Index(fields=["subject", "created_at"])]
        permissions = [
            ("moderate_comment", "Can hide and restore comments"),
            ("answer_comment", "Can answer questions"),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).words(12)

    def get_absolute_url(self) -> str:
        """Return the fragment that leads to the comment on its subject's page."""
        return f"#comment-{self.pk}"

    @property
    def author_name(self) -> str:
        """The name that is shown beside it."""
        if self.author:
            return str(self.author)
        return gettext("Illustrative example") if self.illustrative else gettext("Somebody who has left")

    @property
    def is_question(self) -> bool:
        """Whether it asks for an answer, and is voted on."""
        return self.kind == CommentKind.QUESTION

    @property
    def is_answered(self) -> bool:
        """Whether it was answered, in the session or in writing."""
        return self.answered_at is not None


class Vote(models.Model):
    """That somebody wants a question answered, too."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="votes", verbose_name=_("comment"))
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes", verbose_name=_("voter"))
    created_at = models.DateTimeField(_("given at"), auto_now_add=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["comment", "voter"], name="participation_vote_once")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.voter_id}"


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
