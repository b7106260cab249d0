"""What a person has here: apps add their pages to the page of the account, in `AppConfig.ready`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Entry:
    """A page of a person's own. `url_name` is reversed in the reader's language; `icon` is one of `portal.base.icons`."""

    label: str | Promise
    url_name: str
    order: int
    icon: str = "arrow"
    about: str | Promise = ""


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Show `entry` on the page of the account; a second one of the same `url_name` takes its place."""
    _entries[entry.url_name] = entry


def entries() -> list[Entry]:
    """Return what is registered, in order."""
    return sorted(_entries.values(), key=lambda entry: (entry.order, entry.url_name))
