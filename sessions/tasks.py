"""What the task worker does for the workshop."""

from django_tasks import task

from sessions.media import domain


@task()
def prepare_recording(pk: int) -> bool:
    """Prepare a recording; return whether it is ready. What goes wrong is in its log, so the task itself does not fail."""
    return domain.prepare(pk)
