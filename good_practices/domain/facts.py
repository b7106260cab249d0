"""What is counted of public practices: rows that follow every change of what is public, in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from good_practices.models import PracticeFacts, PracticeNews, PracticePage
from good_practices.procedure import Step, notice_due, reply_of
from portal.base import clock
from portal.base.languages import best_per_key, language_codes
from portal.vocabulary.enums import Level

BATCH = 200
_COUNTED = tuple(field.name for field in PracticeFacts._meta.concrete_fields if not field.primary_key)


@transaction.atomic
def keep_facts(keys: Iterable[UUID | str]) -> int:
    """Write the facts of the practices in `keys` as they are now, and forget those that are not public; return how many are.

    The number of queries does not grow with the practices of a batch.
    """
    wanted = iter(dict.fromkeys(UUID(str(key)) for key in keys))
    kept = 0
    while batch := list(islice(wanted, BATCH)):
        kept += _keep(batch)
    return kept


def rebuild_facts(progress: Callable[[int], None] | None = None) -> int:
    """Write the facts of every public practice and forget all others; return how many there are."""
    PracticeFacts.objects.exclude(practice_key__in=_public_keys()).delete()
    return _keep_all(_public_keys(), progress)


def complete_facts() -> int:
    """Write the facts of the public practices that have none, as after an update from an older portal; return how many."""
    known = PracticeFacts.objects.values("practice_key")
    return _keep_all(_public_keys().exclude(translation_key__in=known), None)


def _public_keys() -> QuerySet:
    return PracticePage.objects.published().order_by().values_list("translation_key", flat=True).distinct()


def _keep_all(keys: QuerySet, progress: Callable[[int], None] | None) -> int:
    wanted, kept = iter(list(keys)), 0
    while batch := list(islice(wanted, BATCH)):
        kept += keep_facts(batch)
        if progress:
            progress(kept)
    return kept


def _keep(keys: Sequence[UUID]) -> int:
    pages = PracticePage.objects.published().filter(translation_key__in=keys)
    pages = pages.select_related("territory__parent__parent", "authority__territory").prefetch_related("stages", "themes")
    found = list(pages.defer_streamfields().order_by("pk"))
    changed = _last_changes(found)
    best = best_per_key(found, language_codes()[0])
    rows = [_row(page, changed[page.translation_key]) for page in best.values()]
    PracticeFacts.objects.filter(practice_key__in=set(keys) - {row.practice_key for row in rows}).delete()
    PracticeFacts.objects.bulk_create(rows, update_conflicts=True, unique_fields=["practice_key"], update_fields=_COUNTED)
    _keep_themes(best.values())
    _keep_news(found)
    return len(rows)


def _last_changes(pages: Iterable[PracticePage]) -> dict[UUID, Any]:
    """Return when a translation of each practice was last published."""
    moments = defaultdict(list)
    for page in pages:
        moments[page.translation_key].append(page.last_published_at or page.first_published_at or clock.now())
    return {key: max(found) for key, found in moments.items()}


def _keep_themes(pages: Iterable[PracticePage]) -> None:
    through = PracticeFacts.themes.through
    wanted = {(page.translation_key, theme.pk) for page in pages for theme in page.themes.all()}
    links = through.objects.filter(practicefacts_id__in={page.translation_key for page in pages})
    there = {(link.practicefacts_id, link.theme_id): link.pk for link in links}
    through.objects.filter(pk__in=[pk for pair, pk in there.items() if pair not in wanted]).delete()
    new = sorted(wanted - there.keys(), key=str)
    through.objects.bulk_create(through(practicefacts_id=key, theme_id=theme) for key, theme in new)


def _keep_news(pages: Iterable[PracticePage]) -> None:
    """Note since when each practice and each of its stages is public; what was noted before stays."""
    told = {(page.translation_key, stage) for page in pages for stage in ("", *(stage.kind for stage in page.stages.all()))}
    now = clock.now()
    rows = [PracticeNews(practice_key=key, stage=stage, published_at=now) for key, stage in sorted(told, key=str)]
    PracticeNews.objects.bulk_create(rows, ignore_conflicts=True)


def _row(page: PracticePage, changed_at: Any) -> PracticeFacts:
    stages = sorted(page.stages.all(), key=lambda stage: (stage.date, stage.sort_order or 0))
    steps = [Step(stage.kind, stage.date) for stage in stages]
    filed_on, replied_on = (steps[0].date if steps else None), reply_of(steps)
    levels = {place.level: place for place in page.territory.lineage}
    asked = page.authority.territory if page.authority else None
    level = asked.level if asked else ""
    return PracticeFacts(
        practice_key=page.translation_key,
        instrument=page.instrument,
        outcome=page.outcome,
        stage=steps[-1].kind if steps else "",
        territory=page.territory,
        province=levels.get(Level.PROVINCE) or levels.get(Level.PREFECTURE),
        region=levels.get(Level.REGION),
        authority=page.authority,
        authority_level=level,
        filed_on=filed_on,
        replied_on=replied_on,
        days_to_reply=(replied_on - filed_on).days if filed_on and replied_on else None,
        reply_due_on=notice_due(page.instrument, level, filed_on),
        institutionalised_on=page.institutionalised_on,
        changed_at=changed_at,
        illustrative=page.illustrative,
    )


def keys_below(path: str) -> Iterator[UUID]:
    """Yield the keys of the practices at a place of the tree (Wagtail's `path`) and below it."""
    yield from PracticePage.objects.filter(path__startswith=path).order_by().values_list("translation_key", flat=True)
