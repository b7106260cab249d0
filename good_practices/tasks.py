"""What the task worker does for the library."""

from __future__ import annotations

from django_tasks import task

from good_practices import letters
from good_practices.exchange import runs
from portal.people.tasks import try_again


@task()
def send_news(pk: int, state: str, attempt: int = 0) -> bool:
    """Tell a contributor where the contribution stands; return whether the letter has left, or was no longer of use."""
    try:
        letters.send_news(pk, state)
    except OSError:  # SMTP's errors too
        if not try_again(send_news, attempt, pk, state):
            raise
        return False
    return True


@task()
def run_import(pk: int) -> None:
    """Check or write an import; what goes wrong with its file is noted on it."""
    runs.perform(pk)
