"""The process beside the web workers: it runs background tasks and periodic jobs, and brings late changes to the search index."""

import fcntl
import hashlib
import logging
import os
import signal
import socket
import threading
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from portal.operations import periodic
from portal.operations.processes import end_with_parent, follow_parent
from search.domain import backlog, drain

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
"""A task that was cut off this many times fails instead of taking the worker down once more."""
SYNC_SECONDS = 2.0
SYNC_SECONDS_MOST = 60.0


class TaskInterruptedError(Exception):
    """The task was cut off each time it was tried: the process that ran it was killed."""


def run(parent: int) -> None:
    """Run tasks and index changes until SIGTERM; to be called in a fresh child process of `parent`, the server."""
    os.setpgid(0, 0)  # Ctrl-C is the server's to handle, and what a task starts can be ended with it
    follow_parent(parent)
    end_with_parent(parent)
    lock = wait_for_turn(Path(settings.VAR_DIR) / "task_worker.lock")
    resume_interrupted()
    threading.Thread(target=_keep_index_current, name="search-sync", daemon=True).start()
    periodic.start()
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # its farewell speaks of Ctrl-C, which is not heard here
    worker = make_worker(f"{worker_prefix()}{get_random_string(12)}")
    worker.configure_signals()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker.run()
    lock.close()


def make_worker(worker_id: str, *, batch: bool = False) -> Worker:
    """Return django-tasks-db's worker for every queue; with `batch` it stops when nothing waits."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=1.0,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )


def worker_prefix() -> str:
    """Return what the identifiers of this folder's task workers begin with, on this machine."""
    place = f"{socket.gethostname()}:{settings.VAR_DIR}"
    return f"serve-{hashlib.sha256(place.encode()).hexdigest()[:12]}-"


def wait_for_turn(path: Path) -> IO[str]:
    """Return a locked file once no other task worker of this folder holds it; it stays locked for as long as it is open.

    So a server that still ends its last task and the one started after it never run tasks side by side: Wagtail's own tasks
    (reference index, search index) look first and insert afterwards, which two at once do not survive.
    """
    lock = path.open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def resume_interrupted() -> int:
    """Put back the tasks that were running when this folder's last worker was killed; return how many.

    Call it only while holding the lock: nobody else runs them then.
    """
    resumed = 0
    for task in DBTaskResult.objects.running():
        if not task.worker_ids or not task.worker_ids[-1].startswith(worker_prefix()):
            continue
        if len(task.worker_ids) >= MAX_ATTEMPTS:
            task.set_failed(TaskInterruptedError(f"Cut off {len(task.worker_ids)} times"))
            logger.error("The task %s was cut off %d times and is given up", task.task_path, len(task.worker_ids))
            continue
        task.status = TaskResultStatus.READY
        task.save(update_fields=["status"])
        resumed += 1
    return resumed


def _keep_index_current() -> None:
    """Drain the search outbox again and again: what a request could not bring to the index after its commit."""
    never, pause = threading.Event(), SYNC_SECONDS
    while not never.wait(pause):
        pause = SYNC_SECONDS if sync_once() else min(pause * 2, SYNC_SECONDS_MOST)


def sync_once() -> bool:
    """Drain the search outbox; return whether nothing is left waiting. Never raises: what fails is tried again."""
    try:
        drain()
        return backlog().count == 0
    except DatabaseError as error:
        logger.warning("The search outbox could not be read: %s", error)
    except Exception:
        logger.exception("The search index could not be brought up to date")
    finally:
        close_old_connections()
    return False
