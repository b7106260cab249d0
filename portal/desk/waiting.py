"""What waits for the people of the CMS: each kind with how many there are, since when, and where it is dealt with."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from good_practices.enums import ContributionState, ImportState, InspirationState
from good_practices.models import Assessment, Contribution, ImportRun, Inspiration, MistakeReport
from portal.participation.models import Appeal, Comment, Report
from portal.people.models import DataRequest, Membership, User
from sessions.enums import RecordingStatus
from sessions.models import Recording


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that waits. `found` returns what waits for a person, `since` is its date or moment."""

    name: str
    label: str | Promise
    icon: str
    permission: str
    found: Callable[[User], QuerySet[Any]]
    since: str
    url: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many things of a kind that wait, the oldest since `since`."""

    kind: Kind
    count: int
    since: datetime.date | None

    @property
    def url(self) -> str:
        """Where it is dealt with."""
        return self.kind.url()


def _questions(person: User) -> QuerySet[Any]:
    return Comment.objects.visible().questions().filter(answered_at=None)


KINDS: Sequence[Kind] = (
    Kind(
        "reviews",
        _("Pages to review"),
        "tasks",
        "wagtailadmin.access_admin",
        lambda person: TaskState.objects.reviewable_by(person).order_by(),
        "started_at",
        lambda: reverse("wagtailadmin_reports:workflow"),
    ),
    Kind(
        "contributions",
        _("Proposed practices"),
        "draft",
        "good_practices.view_contribution",
        lambda person: Contribution.objects.filter(state=ContributionState.SUBMITTED),
        "submitted_at",
        lambda: reverse("contribution:index"),
    ),
    Kind(
        "reports",
        _("Reported comments"),
        "warning",
        "participation.moderate_comment",
        lambda person: Report.objects.filter(closed_at=None, comment__removed_at=None),
        "created_at",
        lambda: f"{reverse('moderation:queue')}?tab=reported",
    ),
    Kind(
        "comments",
        _("Comments to publish"),
        "comment",
        "participation.moderate_comment",
        lambda person: Comment.objects.filter(published_at=None, hidden_at=None, removed_at=None),
        "created_at",
        lambda: f"{reverse('moderation:queue')}?tab=waiting",
    ),
    Kind(
        "appeals",
        _("Appeals"),
        "undo",
        "participation.moderate_comment",
        lambda person: Appeal.objects.filter(decided_at=None, comment__removed_at=None).exclude(comment__hidden_by=person),
        "created_at",
        lambda: f"{reverse('moderation:queue')}?tab=appeals",
    ),
    Kind(
        "data_requests",
        _("Requests about personal data"),
        "lock",
        "people.change_datarequest",
        lambda person: DataRequest.objects.filter(answered_at=None),
        "created_at",
        lambda: reverse("data_request:index"),
    ),
    Kind(
        "questions",
        _("Questions without an answer"),
        "help",
        "participation.answer_comment",
        _questions,
        "created_at",
        lambda: f"{reverse('comment:index')}?kind=question",
    ),
    Kind(
        "memberships",
        _("Memberships to verify"),
        "group",
        "people.change_membership",
        lambda person: Membership.objects.filter(verified_at=None, declined_at=None),
        "asked_at",
        lambda: reverse("membership:index"),
    ),
    Kind(
        "mistakes",
        _("Reported mistakes"),
        "circle-xmark",
        "good_practices.change_mistakereport",
        lambda person: MistakeReport.objects.filter(settled_at=None),
        "created_at",
        lambda: reverse("mistake:index"),
    ),
    Kind(
        "assessments",
        _("Assessments to read"),
        "check",
        "good_practices.change_assessment",
        lambda person: Assessment.objects.filter(public=False),
        "assessed_on",
        lambda: reverse("assessment:index"),
    ),
    Kind(
        "inspirations",
        _("“I did the same” to confirm"),
        "link",
        "good_practices.change_inspiration",
        lambda person: Inspiration.objects.filter(state=InspirationState.ASKED),
        "asked_at",
        lambda: reverse("inspiration:index"),
    ),
    Kind(
        "recordings",
        _("Recordings that failed"),
        "media",
        "workshop_sessions.change_recording",
        lambda person: Recording.objects.filter(status=RecordingStatus.FAILED),
        "created_at",
        lambda: reverse("recording:index"),
    ),
    Kind(
        "imports",
        _("Imports that stopped"),
        "upload",
        "good_practices.add_importrun",
        lambda person: ImportRun.objects.filter(state=ImportState.FAILED),
        "created_at",
        lambda: reverse("practices_imports"),
    ),
)


def waiting_for(person: User) -> list[Waiting]:
    """Return what waits for `person`, the kinds they may deal with only; one query for each kind."""
    found = []
    for kind in KINDS:
        if person.has_perm(kind.permission):
            row = kind.found(person).order_by().aggregate(count=Count("pk"), since=Min(kind.since))
            if row["count"]:
                found.append(Waiting(kind, row["count"], row["since"]))
    return found
