"""What the task worker does for the library."""

from __future__ import annotations

import datetime
import logging

from django.utils import timezone
from django_tasks import default_task_backend, task

from good_practices import letters
from good_practices.exchange import runs

logger = logging.getLogger(__name__)

ATTEMPTS = 12
"""A letter that does not leave is tried again after 1, 2, 4 ... minutes, for almost three days."""


@task()
def send_news(pk: int, state: str, attempt: int = 0) -> bool:
    """Tell a contributor where the contribution stands; return whether the letter has left, or was no longer of use."""
    try:
        letters.send_news(pk, state)
    except OSError:  # SMTP's errors too
        if attempt + 1 >= ATTEMPTS or not default_task_backend.supports_defer:
            raise
        logger.warning("the letter about contribution %s did not leave (attempt %s)", pk, attempt + 1)
        later = timezone.now() + datetime.timedelta(minutes=2**attempt)
        send_news.using(run_after=later).enqueue(pk, state, attempt + 1)
        return False
    return True


@task()
def run_import(pk: int) -> None:
    """Check or write an import; what goes wrong with its file is noted on it."""
    runs.perform(pk)
