"""Tasks for the tests of the task worker."""

import subprocess

from django_tasks import task


@task()
def call_a_program(*command: str) -> int:
    """Run a program to its end, as converting media does."""
    return subprocess.run(command, check=False).returncode
