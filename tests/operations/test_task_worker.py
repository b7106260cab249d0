"""Tasks that were cut off are run again, but not for ever; the search outbox is drained whatever happens."""

import fcntl
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import OperationalError
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.operations import task_worker
from portal.operations.task_worker import MAX_ATTEMPTS, resume_interrupted, sync_once, wait_for_turn, worker_prefix

pytestmark = pytest.mark.django_db


def running_task(*worker_ids: str) -> DBTaskResult:
    """Return a task as a killed worker leaves it: claimed, and never finished."""
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.operations.tasks.note",
        backend_name="default",
        run_after=datetime(2020, 11, 23, tzinfo=UTC),
        worker_ids=list(worker_ids),
    )


def status(task: DBTaskResult) -> str:
    task.refresh_from_db()
    return task.status


def test_a_task_cut_off_is_put_back() -> None:
    task = running_task(f"{worker_prefix()}abc")
    assert resume_interrupted() == 1
    assert status(task) == TaskResultStatus.READY


def test_a_task_of_another_machine_is_left_alone() -> None:
    task = running_task("serve-another-machine")
    assert resume_interrupted() == 0
    assert status(task) == TaskResultStatus.RUNNING


def test_a_task_that_takes_the_worker_down_each_time_is_given_up() -> None:
    task = running_task(*[f"{worker_prefix()}{attempt}" for attempt in range(MAX_ATTEMPTS)])
    assert resume_interrupted() == 0
    assert status(task) == TaskResultStatus.FAILED
    assert "TaskInterruptedError" in task.exception_class_path


def test_only_one_worker_of_a_folder_has_its_turn(tmp_path: Path) -> None:
    first, turns = wait_for_turn(tmp_path / "lock"), []
    other = threading.Thread(target=lambda: turns.append(wait_for_turn(tmp_path / "lock")), daemon=True)
    other.start()
    with (tmp_path / "lock").open("w") as probe, pytest.raises(BlockingIOError):
        fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert turns == []
    first.close()
    other.join(timeout=5)
    assert len(turns) == 1
    turns[0].close()


@pytest.mark.parametrize("error", [OperationalError("database is locked"), RuntimeError("anything")])
def test_draining_outlives_every_error(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail() -> int:
        raise error

    monkeypatch.setattr(task_worker, "drain", fail)
    monkeypatch.setattr(task_worker, "close_old_connections", lambda: None)
    assert sync_once() is False
