"""The free words that participants give to what they read."""

from __future__ import annotations

import datetime
from itertools import count
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from portal.base import clock
from portal.participation.models.subjects import Moderated, Subject
from portal.participation.querysets import TaggingQuerySet
from search.analysis import FOLDED_LENGTH, fold

SLUG_LENGTH = 80
"""Characters of a new address, so that there is room for a number after them."""


class Tag(TagBase):
    """A free word given by participants, shown as it was first written, or as editors translated it.

    `folded` is what tells whether two are the same (`search.analysis.fold`).
    """

    folded = models.CharField(_("as search reads it"), max_length=FOLDED_LENGTH, blank=True, editable=False)
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the tag; a new one gets its folded form and an address that no other has or had."""
        if self._state.adding:
            self.folded = self.folded or folded_of(self.name)
            self.slug = self.slug or free_slug(self.name)  # type: ignore[has-type]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of its page in the active language."""
        return reverse("tag", args=[self.slug])

    @property
    def is_hidden(self) -> bool:
        """Whether it is shown nowhere."""
        return self.hidden_at is not None

    @property
    def shown_name(self) -> str:
        """Its name in the active language, else as it was first written."""
        return self.name_in(get_language())

    def name_in(self, language: str | None) -> str:
        """Return its name in `language`, else as it was first written."""
        return getattr(self, f"name_{language}", "") or self.name


class TagAlias(models.Model):
    """Another address of a tag, which leads to it: that of a tag it took in, or of its name in another language.

    `folded` is what is written for it: whoever writes that means the tag.
    """

    slug = models.SlugField(_("address"), max_length=100, unique=True, allow_unicode=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases", verbose_name=_("tag"))
    folded = models.CharField(_("as search reads it"), max_length=FOLDED_LENGTH, blank=True, editable=False)
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("former address of a tag")
        verbose_name_plural = _("former addresses of tags")
        constraints = [
            models.UniqueConstraint(fields=["folded"], condition=~models.Q(folded=""), name="participation_alias_folded")
        ]

    def __str__(self) -> str:
        return self.slug


def folded_of(name: str) -> str:
    """Return what a tag is compared by; where search reads no word in it, the name itself in small letters."""
    return fold(name) or name.casefold()[:FOLDED_LENGTH]


def free_slug(name: str) -> str:
    """Return an address for a tag of this name, in its own letters, that no tag has or had."""
    begin = slugify(name, allow_unicode=True)[:SLUG_LENGTH].strip("-_") or "tag"
    taken = set(Tag.objects.filter(slug__startswith=begin).values_list("slug", flat=True))
    taken.update(TagAlias.objects.filter(slug__startswith=begin).values_list("slug", flat=True))
    others = (f"{begin}-{number}" for number in count(2))
    return begin if begin not in taken else next(slug for slug in others if slug not in taken)


class Tagging(Moderated, ItemBase):
    """That a person gave a tag to a subject, and when (a taggit through model). `removed_at` is when they took it back."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", verbose_name=_("tag"))
    content_object = models.ForeignKey(Subject, models.CASCADE, related_name="taggings", verbose_name=_("subject"))
    tagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="taggings", verbose_name=_("tagged by")
    )
    tagged_at = models.DateTimeField(_("tagged at"), default=clock.now)
    removed_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)

    objects = TaggingQuerySet.as_manager()  # type: ignore[misc]

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
