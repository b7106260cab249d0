"""What reviewers said and changed, field by field, for the contributor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Comment

from good_practices.enums import ContributionState, Outcome, StageKind
from good_practices.forms.steps import STEP_OF
from good_practices.models import Contribution
from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Territory, Theme

_FIELD_OF = {"authority": "authority_place", "practice_organisations": "organisation"}
"""Fields of the page that the form calls otherwise."""


@dataclass(slots=True)
class Remarks:
    """Comments by field (pairs of who and what), and what a reviewer wrote instead: by field, the words."""

    overall: str = ""
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
    comments: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)

    @property
    def steps(self) -> frozenset[str]:
        """The steps in which there is something to read."""
        return frozenset(STEP_OF[name] for name in {*self.comments, *self.replaced, *self.theirs} if name in STEP_OF)


def remarks_of(contribution: Contribution) -> Remarks:
    """Return what reviewers said of a contribution that they returned; nothing otherwise. Resolved comments are left out."""
    if contribution.state != ContributionState.RETURNED or contribution.page_id is None:
        return Remarks()
    review = contribution.data.get("review", {})
    told = Remarks(overall=review.get("comment", ""))
    comments = Comment.objects.filter(page_id=contribution.page_id, resolved_at=None).exclude(user=contribution.contributor)
    for comment in comments.select_related("user").prefetch_related("replies__user").order_by("created_at"):
        name = comment.contentpath.split(".")[0]
        name = _FIELD_OF.get(name, name)
        said = [(str(comment.user), comment.text), *((str(reply.user), reply.text) for reply in comment.replies.all())]
        (told.comments.setdefault(name, []) if name in STEP_OF else told.elsewhere).extend(said)
    told.replaced = {name: in_words(name, value) for name, value in review.get("replaced", {}).items()}
    told.theirs = {name: in_words(name, value) for name, value in review.get("theirs", {}).items()}
    return told


def in_words(name: str, value: Any) -> str:
    """Return the kept value of a field as somebody reads it."""
    if name == "stages":
        kinds = dict(StageKind.choices)
        return "\n".join(f"{kinds.get(row['kind'], row['kind'])} {row['date']} {row['note']}".strip() for row in value or [])
    if name == "themes":
        return "\n".join(theme.name for theme in Theme.objects.filter(slug__in=value or []))
    if name in ("territory", "authority_place"):
        place = Territory.objects.filter(code=value or "").first()
        return place.name if place else ""
    labels: dict[str, Any] = {"instrument": dict(Instrument.choices), "outcome": dict(Outcome.choices)}.get(name, {})
    return str(labels.get(value, value or ""))
