from __future__ import annotations

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from wagtail.models import Page

from portal.base.privacy import readable
from portal.participation.enums import CommentKind


class ModeratedQuerySet(models.QuerySet):
    """What participants wrote."""

    def visible(self) -> ModeratedQuerySet:
        """Leave out what a moderator has hidden."""
        return self.filter(hidden_at=None)

    def hidden(self) -> ModeratedQuerySet:
        """Keep only what a moderator has hidden."""
        return self.exclude(hidden_at=None)


class TaggingQuerySet(ModeratedQuerySet):
    """Tags as they were given."""

    def visible(self) -> TaggingQuerySet:
        """Leave out what a moderator has hidden, here or everywhere, and what its giver took back."""
        return self.filter(hidden_at=None, removed_at=None, tag__hidden_at=None)

    def public(self) -> TaggingQuerySet:
        """Keep what everybody can see on some page."""
        pages = readable(Page.objects.all()).order_by().values("translation_key")
        return self.visible().filter(content_object__translation_key__in=pages)


class CommentQuerySet(ModeratedQuerySet):
    """Comments of every kind."""

    def visible(self) -> CommentQuerySet:
        """Leave out what waits for a moderator, what one has hidden, and what its author took back."""
        return self.filter(hidden_at=None, removed_at=None, published_at__isnull=False)

    def seen_by(self, person_id: int | None) -> CommentQuerySet:
        """Keep what is visible, and what this person (None: nobody) wrote that waits for a moderator."""
        return self.filter(_seen_by(person_id))

    def threads_seen_by(self, person_id: int | None) -> CommentQuerySet:
        """Keep what begins a thread of which this person sees something, even where what began it is gone."""
        replies = self.model._base_manager.filter(parent=OuterRef("pk"))
        return self.filter(_seen_by(person_id) | Exists(replies.filter(_seen_by(person_id))), parent=None)

    def in_place(self) -> CommentQuerySet:
        """Add to replies `place`, from 1, among those of their thread that are in the set, and `among`: how many these are."""
        place = Window(RowNumber(), partition_by=["parent_id"], order_by=["created_at", "pk"])
        return self.annotate(place=place, among=Window(Count("pk"), partition_by=["parent_id"]))

    def questions(self) -> CommentQuerySet:
        """Keep what asks for an answer."""
        return self.filter(kind=CommentKind.QUESTION)

    def with_votes(self, person_id: int | None) -> CommentQuerySet:
        """Add `vote_count`, and `voted`: whether this person (None: nobody) has voted for it."""
        votes = apps.get_model("participation", "Vote").objects.filter(comment=OuterRef("pk"))
        counted = votes.order_by().values("comment").annotate(number=Count("pk")).values("number")
        own = Exists(votes.filter(voter=person_id)) if person_id else models.Value(False)
        return self.annotate(vote_count=Coalesce(Subquery(counted), 0), voted=own)

    def by_votes(self) -> CommentQuerySet:
        """Put first what most want answered, then what was asked first (after `with_votes`)."""
        return self.order_by(F("vote_count").desc(), "created_at", "pk")


def _seen_by(person_id: int | None) -> Q:
    published = Q(published_at__isnull=False)
    waiting = Q(author=person_id) if person_id else Q(pk__in=[])
    return (published | waiting) & Q(hidden_at=None, removed_at=None)
