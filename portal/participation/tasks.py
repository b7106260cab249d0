"""What the task worker does for discussions."""

from __future__ import annotations

import datetime
import logging

from django.utils import timezone
from django_tasks import default_task_backend, task

from portal.participation import letters

logger = logging.getLogger(__name__)

ATTEMPTS = 12
"""A letter that does not leave is tried again after 1, 2, 4 ... minutes, for almost three days."""


@task()
def send_letter(person: int, news: str, pk: int, attempt: int = 0) -> bool:
    """Tell a person what was decided; return whether the letter has left, or was no longer of use."""
    try:
        letters.send(person, news, pk)
    except OSError:  # SMTP's errors too
        if attempt + 1 >= ATTEMPTS or not default_task_backend.supports_defer:
            raise
        logger.warning("the letter %s about %s did not leave (attempt %s)", news, pk, attempt + 1)
        later = timezone.now() + datetime.timedelta(minutes=2**attempt)
        send_letter.using(run_after=later).enqueue(person, news, pk, attempt + 1)
        return False
    return True
