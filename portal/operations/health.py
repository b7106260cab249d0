"""Is the portal able to answer? Each check looks at one thing that pages need."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from search.domain import backlog
from search.engines import EngineUnavailableError, get_engine

PATIENCE = timedelta(minutes=5)
"""A change that has waited longer than this says that nobody drains the outbox."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it is well, and a few words for whoever watches."""

    name: str
    ready: bool
    detail: str


def check_all() -> tuple[Check, ...]:
    """Look at everything that readiness needs. Never raises."""
    return check_database(), check_search(), check_backlog()


def check_database() -> Check:
    """Ask the database the smallest of questions."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return Check("database", False, "does not answer")
    return Check("database", True, "answers")


def check_search() -> Check:
    """Ask the search engine how many documents it has."""
    try:
        return Check("search", True, f"{get_engine().count()} documents")
    except EngineUnavailableError:
        return Check("search", False, "no index answers: see that its engine runs, or run search_rebuild")


def check_backlog() -> Check:
    """See whether changes reach the search index in time."""
    try:
        waiting = backlog()
    except DatabaseError:
        return Check("backlog", False, "unknown")
    late = waiting.oldest is not None and timezone.now() - waiting.oldest > PATIENCE
    return Check("backlog", not late, f"{waiting.count} changes waiting")
