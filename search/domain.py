"""Every write with a consequence: telling the outbox, draining it into the engine, building the index anew.

A subject's state is read only after a version was claimed, and claims only grow. So of two drains that race, the one with
the higher version has seen everything that the other listed, and the engine can refuse the older whatever their order.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from search import curation, glossary
from search.analysis import fold
from search.documents import sources
from search.engines import Change, EngineMissingError, EngineUnavailableError, get_engine
from search.models import Curation, OutboxEntry, QueryCount, SynonymSet

logger = logging.getLogger(__name__)

BATCH = 200
ON_COMMIT_LIMIT = 1000
"""Entries that a request drains after its commit; more (a whole branch made private) wait for `search_sync`."""


KEPT_DAYS = 90
"""Days for which it is kept how often something was asked."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Changes that the index has not seen, and since when the oldest waits."""

    count: int
    oldest: datetime | None


def enqueue(keys: Iterable[str]) -> None:
    """Note that subjects changed, in the current transaction; after its commit the index follows.

    Publishing never fails for the index's sake: whatever goes wrong after the commit is logged, and the notes stay.
    """
    entries = [OutboxEntry(key=key) for key in dict.fromkeys(map(str, keys)) if key]
    if entries:
        OutboxEntry.objects.bulk_create(entries, batch_size=BATCH)
        transaction.on_commit(_drain_after_commit, robust=True)


def drain(limit: int | None = None) -> int:
    """Bring noted changes to the engine, and forget those it took; return how many. Safe to run at any time, by anyone.

    Never raises for the engine's sake: errors are logged and the notes stay for the next drain. A subject whose source
    fails is skipped, so that it does not hold up the others.
    """
    done, last = 0, 0
    while limit is None or done < limit:
        entries = list(OutboxEntry.objects.filter(id__gt=last).order_by("id")[:BATCH])
        if not entries:
            break
        last = entries[-1].id
        try:
            done += _drain_entries(entries)
        except EngineMissingError as error:
            logger.info("%s", error)
            break
        except EngineUnavailableError as error:
            logger.error("The search index was not updated, the changes wait: %s", error)
            break
    return done


def backlog() -> Backlog:
    """Return what waits for the index."""
    entries = OutboxEntry.objects.exclude(key="")
    return Backlog(entries.count(), entries.order_by("id").values_list("created_at", flat=True).first())


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Build the index anew and swap it in; return its number of documents. `progress` is told how many keys were read.

    Reads go on meanwhile, and changes made meanwhile are kept. Raises EngineUnavailableError if the index cannot be written or
    another rebuild runs, and what a source raises; the index stays as it was then.
    """
    covered: list[int] = []
    number = get_engine().rebuild(_all_changes(covered, progress))
    _forget(covered)
    drain()
    return number


def claim_version() -> int:
    """Return a version higher than every one before, for states read from now on."""
    return OutboxEntry.objects.create().id


@transaction.atomic
def load_glossary() -> int:
    """Load the sets of synonyms that come with the portal, each only once; return how many were new.

    What facilitators changed or deleted since stays as they left it.
    """
    state, _created = Curation.objects.select_for_update().get_or_create(pk=curation.ROW)
    new = {code: terms for code, terms in glossary.shipped().items() if code not in state.shipped}
    SynonymSet.objects.bulk_create(
        SynonymSet(code=code, **{language: "\n".join(texts) for language, texts in terms.items()}) for code, terms in new.items()
    )
    if new:
        Curation.objects.filter(pk=curation.ROW).update(shipped=[*state.shipped, *new])
        curation.touch()
    return len(new)


@transaction.atomic
def join_synonyms(known: glossary.Terms, new: glossary.Terms) -> SynonymSet:
    """Add `new` terms (language -> terms) to the set of the glossary that has most of the `known` ones, and return it.

    Where none has, a set is made of both. Raises ValidationError where a set would have too many terms.
    """
    sets = list(SynonymSet.objects.select_for_update().order_by("id"))
    wanted = _folded(known)
    found = max(sets, key=lambda one: len(wanted & _folded(one.terms())), default=None)
    joined = found if found and wanted & _folded(found.terms()) else SynonymSet()
    for terms in (known, new) if joined.pk is None else (new,):
        for language, texts in terms.items():
            there = _folded({language: joined.terms()[language]})
            added = [text for text in texts if (language, fold(text)) not in there]
            setattr(joined, language, "\n".join([*joined.terms()[language], *added]))
    joined.clean()
    joined.save()
    return joined


def _folded(terms: glossary.Terms) -> set[tuple[str, str]]:
    return {(language, fold(text)) for language, texts in terms.items() for text in texts}


def purge_counts() -> int:
    """Forget what was asked more than 90 days ago; return how many rows that were."""
    deleted, _rows = QueryCount.objects.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS)).delete()
    return deleted


def _drain_after_commit() -> None:
    """Drain what one request may; nothing that happens here reaches the request, whose change is already saved."""
    try:
        drain(ON_COMMIT_LIMIT)
    except Exception:
        logger.exception("The search index was not updated, the changes wait")


def _drain_entries(entries: Sequence[OutboxEntry]) -> int:
    """Apply and forget entries; where a source fails, one by one, leaving out those that fail again."""
    keys = tuple(dict.fromkeys(entry.key for entry in entries if entry.key))
    try:
        if keys:
            version = claim_version()
            get_engine().apply(_changes(keys, version))
            _forget([version])
    except EngineUnavailableError:
        raise
    except Exception:
        if len(keys) > 1:
            return sum(_drain_entries([entry for entry in entries if entry.key == key]) for key in keys)
        logger.exception("The search document %s cannot be made; its change waits", keys)
        return 0
    _forget([entry.id for entry in entries])
    return len(entries)


def _forget(identifiers: Sequence[int]) -> None:
    iterator = iter(identifiers)
    while chunk := list(islice(iterator, BATCH)):
        OutboxEntry.objects.filter(id__in=chunk).delete()


def _changes(keys: Collection[str], version: int) -> Iterator[Change]:
    """Yield the state of subjects now: what no source makes a document of is not public."""
    documents = {document.key: document for source in sources() for document in source.documents(keys) if document.key in keys}
    for key in keys:
        yield Change(key, version, documents.get(key))


def _all_changes(covered: list[int], progress: Callable[[int], None] | None) -> Iterator[Change]:
    """Yield every document there is; `covered` receives the entries that this reading makes superfluous."""
    covered.extend(OutboxEntry.objects.values_list("id", flat=True))
    version = claim_version()
    covered.append(version)
    read = 0
    for source in sources():
        keys = iter(source.keys())
        while chunk := list(islice(keys, BATCH)):
            yield from (Change(document.key, version, document) for document in source.documents(chunk))
            read += len(chunk)
            if progress:
                progress(read)
