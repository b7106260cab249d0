"""What waits for moderators, each comment with what a fair decision needs: its page, the thread above, its author's record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.base.languages import best_translations, current_language
from portal.participation.domain.bans import banned_now
from portal.participation.domain.moderation import mark_of
from portal.participation.enums import ModerationAct
from portal.participation.models import Comment, ModerationAction, Report

PER_PAGE = 20
TABS = (("waiting", _("Waiting")), ("reported", _("Reported")), ("appeals", _("Appeals")), ("all", _("All")))

_WAITING = Q(published_at=None, hidden_at=None, removed_at=None)
_REPORTED = Q(reports__closed_at=None, reports__isnull=False, removed_at=None)
_APPEALS = Q(appeal__isnull=False, appeal__decided_at=None, hidden_at__isnull=False, removed_at=None)


@dataclass(frozen=True, slots=True)
class Row:
    """One comment to decide on. `record` counts what was hidden or refused of its author before."""

    comment: Any
    page: Page | None
    reports: list[Report]
    record: int
    banned: bool
    mark: str

    @property
    def can_publish(self) -> bool:
        """Whether it waits."""
        return self.comment.published_at is None and not self.comment.is_hidden

    @property
    def can_hide(self) -> bool:
        """Whether readers see it, or will, or reports alone have hidden it."""
        return not self.comment.is_hidden or self.comment.hidden_by_reports

    @property
    def can_keep(self) -> bool:
        """Whether reports are to be dismissed."""
        return self.can_hide and (bool(self.reports) or self.comment.hidden_by_reports)

    @property
    def can_restore(self) -> bool:
        """Whether a moderator has hidden it, and no appeal waits."""
        return self.comment.is_hidden and not self.comment.hidden_by_reports and not self.appealed

    @property
    def appealed(self) -> bool:
        """Whether its author waits for another look."""
        appeal = getattr(self.comment, "appeal", None)
        return self.comment.is_hidden and appeal is not None and appeal.decided_at is None


def counts() -> dict[str, int]:
    """Return how many comments each tab holds, but for "all"."""
    return {
        "waiting": Comment.objects.filter(_WAITING).count(),
        "reported": Comment.objects.filter(_REPORTED).distinct().count(),
        "appeals": Comment.objects.filter(_APPEALS).count(),
    }


def listed(tab: str, filters: dict[str, Any], number: Any = 1) -> tuple[ListPage, list[Row]]:
    """Return a page of a tab and its rows; as many queries for twenty as for one."""
    found = _ordered(tab, Comment.objects.all())
    if filters.get("comment"):
        found = Comment.objects.filter(pk=filters["comment"])
    for name in ("language", "kind"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    if words := filters.get("q"):
        found = found.filter(Q(text__icontains=words) | Q(author__display_name__icontains=words))
    open_reports = Prefetch("reports", Report.objects.filter(closed_at=None).select_related("reporter"), to_attr="open_reports")
    along = ("author", "subject", "parent__author", "quoted__author", "hidden_by", "hidden_reason", "appeal")
    page = Paginator(found.select_related(*along).prefetch_related(open_reports), PER_PAGE).get_page(number)
    return page, _rows(list(page))


def history_of(comment: Comment) -> list[ModerationAction]:
    """Return what was decided about `comment`, the newest first."""
    return list(ModerationAction.objects.filter(target="comment", target_id=comment.pk))


def _ordered(tab: str, comments: QuerySet) -> QuerySet:
    if tab == "waiting":
        return comments.filter(_WAITING).order_by("created_at", "pk")
    if tab == "reported":
        reported = comments.filter(_REPORTED).annotate(times=Count("reports"))
        return reported.order_by("-times", "created_at", "pk")
    if tab == "appeals":
        return comments.filter(_APPEALS).order_by("appeal__created_at", "pk")
    return comments.order_by("-created_at", "-pk")


def _rows(comments: list[Any]) -> list[Row]:
    keys = {comment.subject.translation_key for comment in comments}
    pages = best_translations(Page.objects.filter(translation_key__in=keys), current_language())
    authors = {comment.author for comment in comments if comment.author}
    records = _records({author.key for author in authors})
    banned = set(banned_now().filter(person__in=authors).values_list("person_id", flat=True))
    return [
        Row(
            comment=comment,
            page=pages.get(str(comment.subject.translation_key)),
            reports=comment.open_reports,
            record=records[comment.author.key] if comment.author else 0,
            banned=comment.author_id in banned,
            mark=mark_of(comment),
        )
        for comment in comments
    ]


def _records(keys: set[UUID]) -> Counter[UUID]:
    """Return how many comments of each author were hidden or refused by moderators."""
    against = ModerationAction.objects.filter(
        author_key__in=keys, act__in=(ModerationAct.HIDE, ModerationAct.REFUSE), actor_key__isnull=False
    )
    counted = against.order_by().values_list("author_key").annotate(number=Coalesce(Count("target_id", distinct=True), 0))
    return Counter(dict(counted))
