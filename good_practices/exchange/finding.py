"""The practices that records mean, as they are now."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext

from good_practices.exchange.rows import Record, RowError
from good_practices.models import PracticePage


def find(records: Sequence[Record]) -> tuple[dict[uuid.UUID, str], dict[str, set[uuid.UUID]]]:
    """Return the practices that records may mean: key -> identifier, and identifier -> keys."""
    identifiers = [record.external_id for record in records if record.external_id]
    named = Q(translation_key__in=[record.key for record in records]) | Q(external_id__in=identifiers)
    found: dict[uuid.UUID, str] = {}
    keys: dict[str, set[uuid.UUID]] = defaultdict(set)
    for key, identifier in PracticePage.objects.filter(named).order_by().values_list("translation_key", "external_id"):
        found[key] = identifier
        keys[identifier].add(key)
    return found, keys


def key_of(
    record: Record, keys: Mapping[str, set[uuid.UUID]], found: Mapping[uuid.UUID, str]
) -> tuple[uuid.UUID, list[RowError]]:
    """Return the practice that a record means, with an error where its key and its identifier mean two."""
    own = record.values.get("key")
    named = keys.get(record.external_id, set()) if record.external_id else set()
    if len(named) > 1 or (own and named and own not in named):
        words = gettext("Another practice has this identifier.")
        return record.key, [RowError(record.row, "external_id", record.external_id, words)]
    return own or next(iter(named), record.key), []


def digest(record: Record, key: uuid.UUID, publish: bool) -> tuple[str, str]:
    """Return what tells a row from others of its practice, and what it says in its columns (SHA-256)."""
    names = sorted(record.values)
    said = json.dumps([publish, [record.values[name] for name in names]], default=str, ensure_ascii=False)
    identity = hashlib.sha256(f"{key} {' '.join(names)}".encode()).hexdigest()
    return identity, hashlib.sha256(said.encode()).hexdigest()


def waits(page: PracticePage) -> bool:
    """Tell whether a public page has a draft that is not published."""
    return bool(page.live and page.has_unpublished_changes and page.latest_revision_id)


def load(keys: Sequence[uuid.UUID], publish: bool) -> dict[uuid.UUID, dict[str, PracticePage]]:
    """Return key -> language -> page with its rows: what is public where that is to change, else its draft."""
    found: dict[uuid.UUID, dict[str, PracticePage]] = defaultdict(dict)
    pages = PracticePage.objects.filter(translation_key__in=keys).select_related("locale", "latest_revision")
    rows = ("themes", "axes", "practice_organisations", "stages__document", "figures", "evidence__document")
    for page in pages.prefetch_related(*rows):
        if page.has_unpublished_changes and not (publish and page.live):
            page = page.get_latest_revision_as_object()
        found[page.translation_key][page.locale.language_code] = page
    return found
