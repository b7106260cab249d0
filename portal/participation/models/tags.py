"""The free words that participants give to what they read."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from portal.participation.models.subjects import Moderated, Subject


class Tag(TagBase):
    """A free word given by participants."""

    folded = models.CharField(_("as search reads it"), max_length=100, blank=True, editable=False)
    name_ar = models.CharField(_("name in Arabic"), max_length=100, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=100, blank=True)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(fields=["folded"], condition=~models.Q(folded=""), name="participation_tag_folded")
        ]


class TagAlias(models.Model):
    """A former address of a tag, which leads to the one it became part of."""

    slug = models.SlugField(_("address"), max_length=100, unique=True, allow_unicode=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases", verbose_name=_("tag"))
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("former address of a tag")
        verbose_name_plural = _("former addresses of tags")

    def __str__(self) -> str:
        return self.slug


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
