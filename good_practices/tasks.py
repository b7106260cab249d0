"""What the task worker does for the library."""

from django_tasks import task

from good_practices.exchange import runs


@task()
def run_import(pk: int) -> None:
    """Check or write an import; what goes wrong with its file is noted on it."""
    runs.perform(pk)
