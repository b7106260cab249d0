"""Which version of the content the database holds: what is kept of pages is right for as long as it stays the same.

Writes are seen where they reach the database, so that none is missed: not those of `update()`, `bulk_create` or Wagtail's own
SQL, nor those of a model that comes later. A table counts unless it is listed below as one that visitors never see.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from portal.base import freshness, memory

ACTIVITY = ("participation_", "workshop_sessions_agenda", "workshop_sessions_evaluation")
"""What people do: it changes often, and only pages that read these tables show it."""

UNSEEN = (
    *(
        "account_",
        "auth_",
        "django_",
        "good_practices_import",
        "good_practices_mistakereport",
        "mfa_",
        "operations_",
        "people_consent",
        "desk_",
        "people_datarequest",
        "people_membership",
        "people_user_",
        "search_querycount",
        "sqlite_",
        "taggit_",
        "usersessions_",
    ),
    *("wagtail_localize_", "wagtailadmin_", "wagtailsearch_", "wagtailusers_"),
    *("wagtailcore_apitoken", "wagtailcore_comment", "wagtailcore_group", "wagtailcore_modellogentry"),
    *("wagtailcore_pagelogentry", "wagtailcore_pagesubscription", "wagtailcore_referenceindex", "wagtailcore_revision"),
    *("good_practices_contribution", "good_practices_inspiration", "good_practices_practicenews"),
    *("participation_appeal", "participation_ban", "participation_moderation", "participation_report"),
    *("participation_bookmark", "participation_digest", "participation_follow"),
    *("wagtailcore_task", "wagtailcore_uploadedfile", "wagtailcore_workflow"),
)
"""Beginnings of the names of tables of which visitors who are not signed in see nothing."""

UNSEEN_COLUMNS = {
    "people_user": {"digest", "last_login", "mail_links", "mail_stopped_at", "password"},
    "wagtailcore_page": {"draft_title", "has_unpublished_changes", "latest_revision_created_at", "latest_revision_id"},
    "workshop_sessions_recording": {"log", "progress", "public_at", "updated_at"},
}
"""Columns of tables that do count, of which visitors see nothing: an update of these alone changes no page."""

SEEN_VERBS = {"people_user": {"UPDATE", "DELETE"}, "search_outboxentry": {"DELETE"}}
"""Tables of which only some writes count: whoever signs up is not seen until they act; a row of the outbox goes when the search
index has taken its change, and only then do pages that show search results change."""

_LONG = 2000
"""Characters of a statement that are looked at: a longer one is taken for a change of content wherever that is in question."""

_ROW = 1
_TABLE = "operations_contentversion"
_READ = f"SELECT content, activity FROM {_TABLE} WHERE id = {_ROW}"  # noqa: S608 - constants
_DRAW_CONTENT = (
    f"INSERT INTO {_TABLE} (id, content, activity) VALUES ({_ROW}, %s, %s) "  # noqa: S608 - constants
    "ON CONFLICT (id) DO UPDATE SET content = excluded.content"
)
_DRAW_ACTIVITY = (
    f"INSERT INTO {_TABLE} (id, content, activity) VALUES ({_ROW}, %s, %s) "  # noqa: S608 - constants
    "ON CONFLICT (id) DO UPDATE SET activity = excluded.activity"
)
_WRITE = re.compile(r"\s*(INSERT|REPLACE|UPDATE|DELETE)\s+(?:OR\s+\w+\s+)?(?:INTO\s+|FROM\s+)?[\"`]?(\w+)", re.IGNORECASE)
_READS_ACTIVITY = re.compile(rf"(?:FROM|JOIN|,)\s+[\"`]?(?:{'|'.join(ACTIVITY)})", re.IGNORECASE)
_SET = re.compile(r"\s*UPDATE\s+\"\w+\"\s+SET\s+(.*?)(?:\s+WHERE\s|$)", re.IGNORECASE | re.DOTALL)
_COLUMN = re.compile(r"\"(\w+)\" = (?:%s|NULL)(?:, |$)")


class Version(NamedTuple):
    """What the content and what people do are at: two numbers that say nothing but "the same" or "changed"."""

    content: int
    activity: int


def current() -> Version | None:
    """Return the version that is committed now; None where it cannot be told, and nothing must be kept."""
    try:
        with connection.cursor() as cursor:
            row = cursor.execute(_READ).fetchone()
    except DatabaseError:
        return None
    return Version(*row) if row else None


def connect() -> None:
    """See the writes of every connection to come."""
    connection_created.connect(_watch_connection, dispatch_uid="content_version")


def _watch_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.alias == DEFAULT_DB_ALIAS and _observe not in connection.execute_wrappers:
        connection.execute_wrappers.append(_observe)


def _observe(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement; a write that visitors can see draws a new version in the same transaction."""
    if sql.startswith("SELECT"):
        _note_reading(sql)
        return execute(sql, params, many, context)
    draw = drawn_by(sql if len(sql) < _LONG else f"{sql[:_LONG]}…") if settings.PAGE_CACHE else None
    if draw is None:
        _note_reading(sql)
        return execute(sql, params, many, context)
    with _transaction(context["connection"], sql):
        result = execute(sql, params, many, context)
        _draw(context["connection"], draw)
    return result


def _transaction(connection: BaseDatabaseWrapper, sql: str) -> AbstractContextManager[None]:
    """Return a transaction for a write that stands alone; a write within one needs none.

    Nor does SQLite for a write that returns rows: it commits only when these were fetched, and all that was written till then.
    """
    returning = connection.vendor == "sqlite" and " RETURNING " in sql
    return nullcontext() if returning or not connection.get_autocommit() else transaction.atomic(connection.alias)


def _note_reading(sql: str) -> None:
    seen = freshness.seen()
    if seen is not None and not seen.activity:
        seen.activity = _READS_ACTIVITY.search(sql) is not None


def _draw(connection: BaseDatabaseWrapper, statement: str) -> None:
    """Draw a new version, once the table is there: the first migrations write before it."""
    memory.content_changed()
    if not _has_table(connection):
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, [secrets.randbits(62), secrets.randbits(62)])


def _has_table(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether the version can be kept, looking until it can; a name that was found stays."""
    known = connection.settings_dict["NAME"]
    if known not in _with_table and _TABLE in connection.introspection.table_names():
        _with_table.add(known)
    return known in _with_table


_with_table: set[str] = set()


@lru_cache(maxsize=1024)
def drawn_by(sql: str) -> str | None:
    """Return the statement that draws the number which a statement changes; None for what visitors cannot see."""
    found = _WRITE.match(sql)
    if found is None:
        return None
    verb, table = found[1].upper(), found[2]
    if table.startswith(UNSEEN):
        return None
    if table.startswith(ACTIVITY):
        return _DRAW_ACTIVITY
    if verb not in SEEN_VERBS.get(table, {verb}):
        return None
    if verb == "UPDATE" and table in UNSEEN_COLUMNS and _columns(sql) <= UNSEEN_COLUMNS[table]:
        return None
    return _DRAW_CONTENT


def _columns(sql: str) -> set[str]:
    """Return the columns that an update sets to plain values; "" among them where it does more than that."""
    assignments = _SET.match(sql)
    text = assignments[1] if assignments else ""
    columns = set(_COLUMN.findall(text))
    return columns if columns and not _COLUMN.sub("", text) else {""}
