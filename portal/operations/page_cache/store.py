"""Where pages are kept: the memory of each process, bounded, the page unused for longest leaving first."""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict

from portal.operations.content_version import Version
from portal.operations.page_cache.entries import Entry
from portal.operations.page_cache.keys import Key

MEGABYTE = 1 << 20
PAGES_BYTES = 24 * MEGABYTE
QUESTIONS_BYTES = 8 * MEGABYTE
"""Addresses with a question have a shelf of their own: however many there are, they push out no page."""

UNKEPT_KEYS = 2000
OVERHEAD = 2000
"""Bytes of an entry besides its bodies, roughly."""


class Shelf:
    """Entries up to a number of bytes. Not safe for threads by itself."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.entries: OrderedDict[Key, Entry] = OrderedDict()

    def get(self, key: Key) -> Entry | None:
        """Return an entry, which is then the last to leave."""
        entry = self.entries.get(key)
        if entry is not None:
            self.entries.move_to_end(key)
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keep an entry, and let others leave for it."""
        self.drop(key)
        self.entries[key] = entry
        self.size += entry.size + OVERHEAD
        while self.size > self.limit:
            self.drop(next(iter(self.entries)))

    def drop(self, key: Key) -> None:
        """Forget an entry, if there is one."""
        entry = self.entries.pop(key, None)
        if entry is not None:
            self.size -= entry.size + OVERHEAD


class Store:
    """The pages of this process, and who is making one just now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages = Shelf(PAGES_BYTES)
        self._questions = Shelf(QUESTIONS_BYTES)
        self._unkept: OrderedDict[Key, None] = OrderedDict()
        self._making: dict[Key, threading.Event] = {}

    def get(self, key: Key, version: Version, now: datetime.datetime) -> Entry | None:
        """Return the page, fresh or not, if it is right: of this version of the content, and of this hour."""
        with self._lock:
            shelf = self._shelf(key)
            entry = shelf.get(key)
            if entry is not None and not (entry.is_of(version) and entry.is_right(now)):
                shelf.drop(key)
                return None
            return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keep a page."""
        with self._lock:
            self._unkept.pop(key, None)
            self._shelf(key).put(key, entry)

    def refuse(self, key: Key) -> None:
        """Note that what this address answers cannot be kept: nobody need wait for another to make it."""
        with self._lock:
            self._unkept[key] = None
            if len(self._unkept) > UNKEPT_KEYS:
                self._unkept.popitem(last=False)

    def is_refused(self, key: Key) -> bool:
        """Tell whether what this address answered last could not be kept."""
        return key in self._unkept

    def begin(self, key: Key) -> threading.Event | None:
        """Return None to whoever is to make the page, who must `end`; to others what to wait for."""
        with self._lock:
            if key in self._making:
                return self._making[key]
            self._making[key] = threading.Event()
            return None

    def end(self, key: Key) -> None:
        """Wake those who wait for the page."""
        with self._lock:
            self._making.pop(key).set()

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages, self._questions = Shelf(PAGES_BYTES), Shelf(QUESTIONS_BYTES)
            self._unkept.clear()

    def _shelf(self, key: Key) -> Shelf:
        return self._questions if key.question else self._pages


store = Store()
