"""Counting what is asked, without a word about who asks.

Counts wait in memory for a second (`SEARCH_COUNT_SECONDS`) and are written beside the requests, so that no search waits for the
database; a process that is killed loses that second.
"""

import datetime
import logging
import re
import threading
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from search.analysis import tokenise
from search.domain import purge_counts
from search.models import QueryCount
from search.query import SearchQuery

logger = logging.getLogger(__name__)

MAX_A_DAY = 5_000
"""Different questions of one day that are kept: nobody can fill the database with them."""
_MAX_TEXT = 100
_SECONDS = 1.0
_PERSONAL = re.compile(r"@|https?:|[0-9]{5,}|[0-9]{2}(?:[ .-][0-9]{2}){3,}")
"""Addresses, telephone and identity numbers: a question that has one is not counted."""


class Asked(NamedTuple):
    """A question on a day."""

    day: datetime.date
    language: str
    text: str


class QueryCounter:
    """What was asked and is not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[Asked, tuple[int, int]] = {}
        self._timer: threading.Timer | None = None

    def count(self, query: SearchQuery, results: int) -> None:
        """Count a question as it is first asked: without filters, on its first page. Never raises for the database's sake."""
        text = countable(query)
        if not text:
            return
        asked = Asked(timezone.localdate(), query.language, text)
        with self._lock:
            if asked in self._waiting or len(self._waiting) < MAX_A_DAY:
                self._waiting[asked] = (self._waiting.get(asked, (0, 0))[0] + 1, results)
        self._schedule(float(getattr(settings, "SEARCH_COUNT_SECONDS", _SECONDS)))

    def flush(self) -> None:
        """Write what waits. What cannot be written is dropped: it is only a count."""
        with self._lock:
            waiting, self._waiting, self._timer = self._waiting, {}, None
        try:
            with transaction.atomic():
                for asked, (times, results) in waiting.items():
                    _write(asked, times, results)
        except DatabaseError as error:
            logger.warning("What was asked could not be counted: %s", error)

    def _schedule(self, seconds: float) -> None:
        if seconds <= 0:
            self.flush()
            return
        with self._lock:
            if self._timer is None:
                self._timer = threading.Timer(seconds, self._flush_beside)
                self._timer.daemon = True
                self._timer.start()

    def _flush_beside(self) -> None:
        """Write from a thread of its own, whose connection ends with it."""
        try:
            self.flush()
        finally:
            connection.close()


def countable(query: SearchQuery) -> str:
    """Return the normalised text of a question to count; "" for one that is a refinement, says nothing, or may name someone."""
    if not query.text or query.filters or query.page > 1 or _PERSONAL.search(query.text):
        return ""
    text = " ".join(token.exact for token in tokenise(query.text, query.language))
    return "" if len(text) > _MAX_TEXT or _PERSONAL.search(text) else text


def _write(asked: Asked, times: int, results: int) -> None:
    found = QueryCount.objects.filter(day=asked.day, language=asked.language, text=asked.text)
    if found.update(count=F("count") + times, results=results):
        return
    today = QueryCount.objects.filter(day=asked.day).count()
    if not today:
        purge_counts()
    if today < MAX_A_DAY:
        try:
            with transaction.atomic():
                QueryCount.objects.create(**asked._asdict(), count=times, results=results)
        except IntegrityError:  # another process counted it first
            found.update(count=F("count") + times, results=results)


counter = QueryCounter()
