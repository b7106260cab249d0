"""The log of a recording's preparation: kept as facts (a line of JSON each), told in the reader's language."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.base import clock
from sessions.media.faults import Fault

MOST_LINES = 60
MOST_DETAIL = 1200

STEPS = {
    "asked": _("Waiting for the worker."),
    "started": _("Preparation started."),
    "found": _("Found: %(what)s."),
    "finished": _("Ready, after %(seconds)s s of work."),
    "interrupted": _("The preparation before this one was cut off; it starts anew."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log as people read it; `detail` is ffmpeg's own words, in English."""

    moment: datetime.datetime
    text: str
    detail: str
    fault: Fault | None


def add(log: str, code: str, *, detail: str = "", **values: str | int) -> str:
    """Return `log` with a line more: `code` is one of `STEPS` or a fault. The oldest lines go when there are too many."""
    line = {"at": clock.now().isoformat(timespec="seconds"), "code": code, **values}
    if detail:
        line["detail"] = detail[-MOST_DETAIL:]
    lines = [*log.splitlines(), json.dumps(line, ensure_ascii=False)]
    return "\n".join(lines[-MOST_LINES:])


def read(log: str) -> list[Line]:
    """Return the lines of a log, the oldest first, in the active language."""
    return [_line(json.loads(line)) for line in log.splitlines()]


def last_fault(log: str) -> Fault | None:
    """Return why the last preparation failed; None where it did not."""
    last = log.splitlines()[-1:]
    code = json.loads(last[0])["code"] if last else ""
    return Fault(code) if code in Fault.values else None


def _line(record: dict[str, str]) -> Line:
    code = record["code"]
    fault = Fault(code) if code in Fault.values else None
    words = fault.label if fault else STEPS.get(code, code)
    values = {name: _told(name, value) for name, value in record.items()}
    text = str(words) % values if not fault else str(words)
    moment = datetime.datetime.fromisoformat(record["at"])
    return Line(moment, text, record.get("detail", ""), fault)


def _told(name: str, value: str) -> str:
    """Return a value of a line; facts are kept by names that are translated here."""
    if name != "what":
        return str(value)
    return ", ".join(gettext(part) for part in str(value).split("|"))
