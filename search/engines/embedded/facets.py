"""Filters and facet counts over the documents in `temp.matched`.

The only module that knows how they are computed: counting from columns in memory can replace it without touching another.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from search.query import FACETS

Filters = Mapping[str, tuple[str, ...]]


def condition(filters: Filters) -> tuple[str, list[str]]:
    """Return an SQL condition on `m.id`, and its values: any value of a facet, every facet."""
    if not filters:
        return "1", []
    parts, values = [], []
    for name, chosen in filters.items():
        parts.append(f"m.id IN (SELECT document FROM facets WHERE name = ? AND value IN ({_places(chosen)}))")  # noqa: S608
        values += [name, *chosen]
    return " AND ".join(parts), values


def keep(connection: sqlite3.Connection, name: str, chosen: Sequence[str]) -> None:
    """Drop from `temp.matched` what has none of the chosen values of a facet."""
    connection.execute(
        f"DELETE FROM temp.matched WHERE id NOT IN (SELECT document FROM facets WHERE name = ? AND value IN ({_places(chosen)}))",  # noqa: S608 - places only
        (name, *chosen),
    )


def total(connection: sqlite3.Connection, filters: Filters) -> int:
    """Return the number of matched documents that the filters leave."""
    chosen, values = condition(filters)
    found: int = connection.execute(f"SELECT count(*) FROM temp.matched m WHERE {chosen}", values).fetchone()[0]  # noqa: S608
    return found


def counts(connection: sqlite3.Connection, filters: Filters) -> dict[str, dict[str, int]]:
    """Return facet -> value -> number of distinct documents. A facet's own choice does not shrink its own counts."""
    found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    unfiltered = [name for name in FACETS if name not in filters]
    _count(connection, unfiltered, filters, found)
    for name in filters:
        _count(connection, [name], {other: filters[other] for other in filters if other != name}, found)
    return found


def _count(connection: sqlite3.Connection, names: Sequence[str], filters: Filters, found: dict[str, dict[str, int]]) -> None:
    chosen, values = condition(filters)
    for name, value, number in connection.execute(
        "SELECT f.name, f.value, count(*) FROM temp.matched m CROSS JOIN facets f ON f.document = m.id"  # noqa: S608 - places only
        f" WHERE f.name IN ({_places(names)}) AND {chosen} GROUP BY f.name, f.value",
        [*names, *values],
    ):
        found[name][value] = number


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
