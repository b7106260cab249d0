"""What the task worker does about people."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.utils import timezone
from django_tasks import default_task_backend, task
from django_tasks.base import Task

from portal.people import letters

logger = logging.getLogger(__name__)

ATTEMPTS = 12
"""A letter that does not leave is tried again after 1, 2, 4 ... minutes, for almost three days."""


def try_again(job: Task, attempt: int, *arguments: Any) -> bool:
    """Enqueue `job` once more, later each time, with its arguments and the number of the attempt.

    Return whether there will be one: not after attempts enough, nor where tasks cannot wait.
    """
    if attempt + 1 >= ATTEMPTS or not default_task_backend.supports_defer:
        return False
    logger.warning("a letter did not leave (attempt %s): %s %s", attempt + 1, job.name, arguments)
    later = timezone.now() + datetime.timedelta(minutes=2**attempt)
    job.using(run_after=later).enqueue(*arguments, attempt + 1)
    return True


@task()
def send_membership_answer(pk: int, attempt: int = 0) -> bool:
    """Tell a person what became of their request; return whether the letter has left, or was no longer of use."""
    try:
        letters.send_membership_answer(pk)
    except OSError:  # SMTP's errors too
        if not try_again(send_membership_answer, attempt, pk):
            raise
        return False
    return True
