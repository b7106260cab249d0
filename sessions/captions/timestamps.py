"""Moments of a recording: as WebVTT and SRT write them, as a clock shows them, as an address asks for them."""

from __future__ import annotations

import re

LONGEST = 360_000.0
"""Seconds (100 hours): no recording is longer."""

_ASKED = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,4}):([0-9]{1,2})(\.[0-9]{1,3})?|([0-9]{1,6})(\.[0-9]{1,3})?s?")
_UNITS = re.compile(r"(?=[0-9])(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,5})s?)?", re.IGNORECASE)


def seconds_asked(text: str) -> float | None:
    """Return the moment that an address asks for: 83, 83.5, 1:23, 1:02:03, 1m23s, 1h2m. None for anything else."""
    text = text.strip()[:20]
    if found := _ASKED.fullmatch(text):
        hours, minutes, seconds, fraction, plain, plain_fraction = found.groups()
        moment = float(plain or 0) + 3600 * int(hours or 0) + 60 * int(minutes or 0) + int(seconds or 0)
        moment += float(fraction or plain_fraction or 0)
    elif found := _UNITS.fullmatch(text):
        moment = float(3600 * int(found[1] or 0) + 60 * int(found[2] or 0) + int(found[3] or 0))
    else:
        return None
    return moment if moment < LONGEST else None


def clock(seconds: float) -> str:
    """Return a moment as a clock shows it: 1:02:03, or 2:03 in the first hour."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def plain_seconds(seconds: float) -> str:
    """Return seconds as addresses and scripts read them, to the thousandth: 83, 83.5."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def iso_duration(seconds: float) -> str:
    """Return a length of time as ISO 8601 writes it, for `<time datetime>`: PT1H2M3S."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"PT{hours}H{minute}M{second}S"


def vtt_time(seconds: float) -> str:
    """Return a moment as WebVTT writes it, always with its hours: 00:01:23.450."""
    return _with_milliseconds(seconds, ".")


def srt_time(seconds: float) -> str:
    """Return a moment as SRT writes it: 00:01:23,450."""
    return _with_milliseconds(seconds, ",")


def _with_milliseconds(seconds: float, mark: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}{mark}{milliseconds:03}"
