"""What the task worker does for discussions."""

from __future__ import annotations

from django_tasks import task

from portal.participation import letters
from portal.people.tasks import try_again


@task()
def send_letter(person: int, news: str, pk: int, attempt: int = 0) -> bool:
    """Tell a person what was decided; return whether the letter has left, or was no longer of use."""
    try:
        letters.send(person, news, pk)
    except OSError:  # SMTP's errors too
        if not try_again(send_letter, attempt, person, news, pk):
            raise
        return False
    return True
