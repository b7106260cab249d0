"""Facts that a page's translations share: publishing one translation gives them to the others; words are left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, Q, QuerySet
from wagtail.models import Page, Revision


@dataclass(frozen=True, slots=True)
class SharedChildren:
    """The rows below a page (an inline relation) that translations share.

    `facts` are the same in every language. Rows with `words` are matched by their own `translation_key` and keep them; a row that
    is new to a translation starts without words, or, where words are `required`, waits until a person translates it.
    """

    relation: str
    facts: tuple[str, ...]
    words: tuple[str, ...] = ()
    required: bool = False


class SharesFacts(Protocol):
    """A page that says which of its facts its translations share."""

    SHARED_FIELDS: tuple[str, ...]
    SHARED_SETS: tuple[str, ...]
    SHARED_CHILDREN: tuple[SharedChildren, ...]


def share_facts(page: Any) -> None:
    """Give the facts of a published page to its translations, public or draft.

    A translation's own draft keeps its words, and only its facts change; nothing is published by it.
    """
    others = type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    for other in others:
        if facts_of(other) != facts_of(page):
            _copy_facts(page, other)
            other.save()
        _share_with_drafts(page, other)


def facts_of(page: Any) -> dict[str, Any]:
    """Return the shared facts of a page, in a form that compares equal between its translations."""
    return {
        **{name: getattr(page, name) for name in page.SHARED_FIELDS},
        **{name: {thing.pk for thing in getattr(page, name).all()} for name in page.SHARED_SETS},
        **{one.relation: [_row_facts(row, one) for row in getattr(page, one.relation).all()] for one in page.SHARED_CHILDREN},
    }


def _row_facts(row: Model, shared: SharedChildren) -> tuple[Any, ...]:
    key = (row.translation_key,) if shared.words else ()  # type: ignore[attr-defined]
    return (*key, *(getattr(row, name) for name in shared.facts))


def _copy_facts(page: Any, other: Any) -> None:
    for name in page.SHARED_FIELDS:
        setattr(other, name, getattr(page, name))
    for name in page.SHARED_SETS:
        setattr(other, name, getattr(page, name).all())
    for shared in page.SHARED_CHILDREN:
        getattr(other, shared.relation).set(_children(page, other, shared))


def _children(page: Any, other: Page, shared: SharedChildren) -> Sequence[Model]:
    model = getattr(page, shared.relation).model
    own = {row.translation_key: row for row in getattr(other, shared.relation).all()} if shared.words else {}
    rows = []
    for order, row in enumerate(getattr(page, shared.relation).all()):
        facts = {name: getattr(row, name) for name in shared.facts}
        if not shared.words:
            rows.append(model(sort_order=order, **facts))
            continue
        twin = own.get(row.translation_key)
        if twin is None and shared.required:
            continue
        if twin is None:
            twin = model(translation_key=row.translation_key, locale=other.locale)
        for name, value in {"sort_order": order, **facts}.items():
            setattr(twin, name, value)
        rows.append(twin)
    return rows


def _share_with_drafts(page: Any, other: Page) -> None:
    """Bring the facts into what can still be published of `other`, so that its draft does not take them back."""
    for revision in coming_revisions([other]):
        draft = revision.as_object()
        if facts_of(draft) != facts_of(page):
            _copy_facts(page, draft)
            revision.content = draft.serializable_data()
            revision.save(update_fields=["content"])


def coming_revisions(pages: Iterable[Page]) -> QuerySet[Revision]:
    """Return the revisions that can still be published: the latest of each page, and those that wait for their hour."""
    latest = Q(pk__in=[page.latest_revision_id for page in pages])
    scheduled = Q(object_id__in=[str(page.pk) for page in pages], approved_go_live_at__isnull=False)
    return Revision.page_revisions.filter(latest | scheduled)
