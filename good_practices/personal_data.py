"""What the library keeps of people, and how long."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.query import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail_localize.models import TranslationSource

from good_practices.domain.contributing import discard
from good_practices.models import Assessment, Contribution, ImportRun, MistakeReport, PracticePage
from portal.people.models import User
from portal.people.personal_data import (
    Erasure,
    Fate,
    Ground,
    Kept,
    Retention,
    Use,
    declare_impersonal,
    keep,
    register,
    signed,
)
from portal.people.retention import register_term
from search.domain import enqueue

_CONTRIBUTION = ("state", "language", "data", "organisation__name_{language}", "created_at", "updated_at", "submitted_at")
_FILE = ("name", "title", "size", "created_at")
_ASSESSMENT = ("practice_key", *Assessment.CRITERIA, "comment", "adjusted", "assessed_on", "public")
_INSPIRATION = ("practice_key", "inspired_by_key", "note", "state", "asked_at")


def register_personal_data() -> None:
    """Enter the links from the library to people, and the terms of what is settled."""
    _contributed()
    register(
        Kept(
            *("good_practices.MistakeReport", "", Use.LIBRARY, Ground.INTEREST, Retention.YEAR, Fate.UNLINKED),
            ("practice_key", "text", "email", "created_at", "settled_at"),
            own_rows=_reported,
            erase=_unname_reports,
        ),
        *signed(
            *("good_practices.Inspiration.settled_by", "good_practices.MistakeReport.settled_by"),
            "good_practices.ImportRun.created_by",
        ),
    )
    for field in ("email", "phone"):
        declare_impersonal("good_practices.ConsultationSpace", field, "how to reach a public body")
    register_term("mistakes", _("Reported mistakes that were settled"), 365, _old_reports)
    what = _("Imports of practices: the files and what was refused")
    register_term("imports", what, 365, _old_imports, files=("file", "archive"))


def _contributed() -> None:
    made = keep(Use.LIBRARY, Ground.CONSENT, Retention.ACCOUNT, Fate.DELETED)
    shown = keep(Use.LIBRARY, Ground.CONSENT, Retention.PUBLISHED, Fate.UNLINKED)
    register(
        made("good_practices.ContributionFile", "contribution__contributor", *_FILE, files=("file",)),
        made("good_practices.Contribution", "contributor", *_CONTRIBUTION, erase=_discard_contributions),
        shown("good_practices.PracticePage", "contributor", "title", "credit", "first_published_at", erase=_unname_practices),
        shown("good_practices.Assessment", "assessor", *_ASSESSMENT, erase=_unname_assessments),
        shown("good_practices.Inspiration", "asked_by", *_INSPIRATION),
    )


def _addresses(person: User) -> list[str]:
    return [person.email, *EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)]


def _reports_of(person: User) -> QuerySet:
    """Return the reports whose sender left an address that is the person's own, proved by its verification."""
    query = Q(pk=None)
    for address in _addresses(person):
        query |= Q(email__iexact=address)
    return MistakeReport.objects.filter(query).exclude(email="")


def _reported(person: User) -> Iterable[Mapping[str, Any]]:
    return _reports_of(person).values("practice_key", "text", "email", "created_at", "settled_at")


def _unname_reports(erasure: Erasure) -> None:
    _reports_of(erasure.person).update(email="")


def _discard_contributions(erasure: Erasure) -> None:
    for contribution in Contribution.objects.filter(contributor=erasure.person).select_related("page"):
        discard(contribution)


def _unname_practices(erasure: Erasure) -> None:
    """A published practice stays, and thanks nobody by name any more: neither on its page nor in its former versions."""
    name = erasure.person.display_name
    contributed = PracticePage.objects.filter(contributor=erasure.person)
    keys = list(contributed.values_list("translation_key", flat=True).distinct())
    pages = PracticePage.objects.filter(translation_key__in=keys)
    for revision in Revision.page_revisions.filter(object_id__in=[str(pk) for pk in pages.values_list("pk", flat=True)]):
        Revision.objects.filter(pk=revision.pk).update(content=_unnamed(revision.content, name))
    for source in TranslationSource.objects.filter(object_id__in=keys):
        source.content_json = json.dumps(_unnamed(json.loads(source.content_json), name))
        source.save(update_fields=["content_json"])
    pages.filter(credit=name).update(credit="")
    contributed.update(contributor=None)
    enqueue(map(str, keys))


def _unnamed(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what a page said, without its contributor; another's credit stays."""
    credit = content.get("credit", "")
    return {**content, "contributor": None, "credit": "" if credit == name else credit}


def _unname_assessments(erasure: Erasure) -> None:
    """What is public stays under the organisation's name; what is not goes."""
    mine = Assessment.objects.filter(assessor=erasure.person)
    mine.filter(public=False).delete()
    mine.update(assessor=None)


def _old_reports(day: datetime.datetime) -> QuerySet:
    return MistakeReport.objects.filter(settled_at__lt=day)


def _old_imports(day: datetime.datetime) -> QuerySet:
    return ImportRun.objects.filter(created_at__lt=day)
