"""Waiting for something to become true, with an end: tests never sleep for a fixed time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE = 0.05


def wait_until(condition: Callable[[], T], seconds: float, what: str) -> T:
    """Ask until the answer is true, and return it. Raises AssertionError after `seconds`, saying `what` did not happen."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(PAUSE)
    return answer
