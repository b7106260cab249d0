"""What discussions keep of people, and how long."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Q
from django.db.models.query import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.base import clock
from portal.participation.models import Appeal, Comment, CommentVersion, Digest, ModerationAction, Report, Tagging, Vote
from portal.people.models import User
from portal.people.personal_data import Erasure, Fate, Ground, Kept, Retention, Use, keep, register, signed
from portal.people.retention import register_term
from search.domain import enqueue

_COMMENT = (
    *("subject__translation_key", "kind", "text", "language", "created_at", "parent_id", "edited_at", "hidden_at"),
    *("removed_at", "useful_count", "answer"),
)
_ENDORSEMENT = ("subject__translation_key", "organisation__name_{language}", "kind", "text", "language", "created_at")


def register_personal_data() -> None:
    """Enter the links from discussions to people, and the terms of what is settled."""
    _said()
    _followed()
    _moderated()
    register_term("digests", _("Digests that were sent"), 365, lambda day: Digest.objects.filter(until__lt=day))
    register_term("reports", _("Reports that were closed"), 365, lambda day: Report.objects.filter(closed_at__lt=day))
    register_term("appeals", _("Appeals that were decided"), 365, _old_appeals)


def _said() -> None:
    said = keep(Use.DISCUSSION, Ground.CONSENT, Retention.PUBLISHED, Fate.UNLINKED)
    vote = keep(Use.DISCUSSION, Ground.CONSENT, Retention.TAKEN_BACK, Fate.DELETED)
    register(
        vote("participation.CommentVersion", "comment__author", "comment_id", "text", "written_at"),
        vote("participation.Vote", "voter", "comment_id", "comment__text", "created_at", erase=_take_votes),
        said("participation.Comment", "author", *_COMMENT, erase=_unname_comments),
        said("participation.Tagging", "tagged_by", "content_object__translation_key", "tag__name", "tagged_at", erase=_untag),
        said("participation.Endorsement", "person", *_ENDORSEMENT),
        *signed("participation.Comment.answered_by"),
    )


def _followed() -> None:
    kept = keep(Use.FOLLOWING, Ground.CONSENT, Retention.TAKEN_BACK, Fate.DELETED)
    register(
        kept("participation.Bookmark", "person", "subject__translation_key", "created_at"),
        kept("participation.Follow", "person", "kind", "key", "created_at"),
        Kept(
            *("participation.Digest", "person", Use.FOLLOWING, Ground.CONSENT, Retention.YEAR, Fate.DELETED),
            ("since", "until", "count", "sent_at"),
        ),
    )


def _moderated() -> None:
    year = keep(Use.MODERATION, Ground.INTEREST, Retention.YEAR, Fate.UNLINKED)
    gone = keep(Use.MODERATION, Ground.INTEREST, Retention.YEAR, Fate.DELETED)
    log = keep(Use.MODERATION, Ground.INTEREST, Retention.ALWAYS, Fate.KEPT)
    register(
        year("participation.Report", "reporter", "comment_id", "reason", "note", "created_at", "closed_at"),
        gone("participation.Appeal", "comment__author", "comment_id", "text", "created_at", "decided_at", "granted", "answer"),
        gone("participation.Ban", "person", "reason__name_{language}", "created_at", "until", "lifted_at"),
        log("participation.ModerationAction", "", "at", "act", "target", "target_id", "reason", "note", own_rows=_decisions),
        *signed(
            *("participation.Comment.hidden_by", "participation.Tagging.hidden_by", "participation.Endorsement.hidden_by"),
            *("participation.Appeal.decided_by", "participation.Ban.created_by"),
            use=Use.MODERATION,
        ),
    )


def _decisions(person: User) -> Iterable[Mapping[str, Any]]:
    """Return the decisions that a person took, and those about what they wrote; the log names people by their key only."""
    mine = ModerationAction.objects.filter(Q(author_key=person.key) | Q(actor_key=person.key))
    return mine.values("at", "act", "target", "target_id", "reason", "note")


def _take_votes(erasure: Erasure) -> None:
    votes = Vote.objects.filter(voter=erasure.person)
    Comment.objects.filter(pk__in=votes.values("comment"), useful_count__gt=0).update(useful_count=F("useful_count") - 1)
    votes.delete()


def _unname_comments(erasure: Erasure) -> None:
    """Threads stay whole: a comment loses its author and, if so asked, its words. What nobody was to read goes in any case."""
    mine = Comment.objects.filter(author=erasure.person)
    unseen = mine.filter(Q(published_at=None) | Q(hidden_at__isnull=False) | Q(removed_at__isnull=False))
    emptied = mine if erasure.with_texts else unseen
    keys = list(mine.values_list("subject__translation_key", flat=True).distinct())
    CommentVersion.objects.filter(comment__in=mine).delete()
    Appeal.objects.filter(comment__in=mine).delete()
    emptied.filter(removed_at=None).update(removed_at=clock.now())
    emptied.update(text="")
    mine.update(author=None)
    enqueue(map(str, keys))


def _untag(erasure: Erasure) -> None:
    mine = Tagging.objects.filter(tagged_by=erasure.person)
    if erasure.with_texts:
        keys = list(mine.values_list("content_object__translation_key", flat=True).distinct())
        mine.delete()
        enqueue(map(str, keys))
    else:
        mine.update(tagged_by=None)


def _old_appeals(day: datetime.datetime) -> QuerySet:
    return Appeal.objects.filter(decided_at__lt=day)
