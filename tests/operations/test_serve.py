"""The server's processes: who starts, who replaces whom, and that nobody stays behind."""

import json
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.operations import proc
from tests.operations.serving import PortalServer, manage

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="asks Linux's /proc about processes")

Eventually = Callable[..., Any]
ALL_GONE = 15
MEMORY_LIMIT = 400 << 20


def test_serves_with_two_workers_and_a_task_worker_in_little_memory(server: PortalServer) -> None:
    assert server.get("/healthz") == (200, b"ok\n")
    status, body = server.get("/readyz")
    assert status == 200, body
    assert set(json.loads(body)["checks"]) == {"database", "search", "backlog"}
    assert len(proc.children(server.pid)) == 3
    assert server.task_worker() is not None
    assert proc.memory(server.pid) < MEMORY_LIMIT


def test_prints_the_address_and_the_accounts(server: PortalServer) -> None:
    assert f"http://localhost:{server.port}/" in server.log()
    accounts = server.accounts()
    assert {"facilitator", "moderator", "participant"} <= set(accounts)
    assert all(account.password in server.log() for account in accounts.values())
    assert (server.var_dir / "demonstration_accounts.txt").stat().st_mode & 0o077 == 0


def test_a_killed_task_worker_is_replaced(server: PortalServer, eventually: Eventually) -> None:
    first = server.task_worker()
    assert first
    os.kill(first, signal.SIGKILL)
    eventually(lambda: server.task_worker() not in (None, first), 20, "another task worker starts")
    assert proc.parent_and_state(first) is None, "no zombie"
    assert server.answers()


def test_a_killed_web_worker_is_replaced(server: PortalServer, eventually: Eventually) -> None:
    web = proc.children(server.pid) - {server.task_worker()}
    for pid in web:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(proc.children(server.pid) - web) == 3, 20, "two web workers start anew")
    assert server.answers()


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_stops_with_everything_it_started(server: PortalServer, signum: int) -> None:
    family = proc.family(server.pid)
    assert server.stop(signum) == 0
    assert not any(proc.alive(pid) for pid in family)
    assert not server.answers()


def test_ctrl_c_reaches_the_whole_group_and_stops_cleanly(server: PortalServer) -> None:
    family = proc.family(server.pid)
    os.killpg(server.pid, signal.SIGINT)
    assert server.process is not None
    assert server.process.wait(timeout=30) == 0
    assert not any(proc.alive(pid) for pid in family)
    assert "Traceback" not in server.log()


def test_nobody_survives_a_killed_parent(server: PortalServer, eventually: Eventually) -> None:
    family = proc.family(server.pid)
    server.kill()
    assert eventually(lambda: not any(proc.alive(pid) for pid in family), ALL_GONE, "all processes are gone")


def test_a_second_start_on_the_same_folder_is_quick_and_loses_nothing(var_dir: Path) -> None:
    with PortalServer(var_dir) as first:
        accounts = first.accounts()
        counted = first.manage("shell", "--no-imports", "-c", COUNT).stdout
        first.kill()
    with PortalServer(var_dir) as second:
        assert second.accounts() == accounts
        assert second.manage("shell", "--no-imports", "-c", COUNT).stdout == counted
        log = second.log()
    assert "Database       up to date" in log
    assert "Static files   up to date" in log


def test_a_task_cut_off_by_a_kill_is_run_by_the_next_start(var_dir: Path, eventually: Eventually) -> None:
    left = manage(var_dir, "shell", "--no-imports", "-c", LEAVE_A_TASK_RUNNING)
    assert left.returncode == 0, left.stderr
    with PortalServer(var_dir) as server:
        eventually(lambda: task_states(var_dir) == {"SUCCESSFUL"}, 180, "every task is done")
        assert server.answers()


def test_what_a_task_started_dies_with_the_server(var_dir: Path, eventually: Eventually) -> None:
    with PortalServer(var_dir) as server:
        worker = eventually(server.task_worker, 10, "the task worker starts")
        eventually(lambda: task_states(var_dir) <= {"SUCCESSFUL"}, 180, "every task is done")
        enqueued = server.manage("shell", "--no-imports", "-c", ENQUEUE_A_LONG_TASK)
        assert enqueued.returncode == 0, enqueued.stderr
        started = eventually(lambda: proc.children(worker), 20, "the task starts a program")
        server.kill()
        eventually(lambda: not any(proc.alive(pid) for pid in {worker, *started}), ALL_GONE, "the program is gone")


def task_states(var_dir: Path) -> set[str]:
    """Return the states of all tasks of a folder."""
    with closing(sqlite3.connect(f"file:{var_dir / 'portal.sqlite3'}?mode=ro", uri=True)) as database:
        return {row[0] for row in database.execute("SELECT DISTINCT status FROM django_tasks_database_dbtaskresult")}


LEAVE_A_TASK_RUNNING = """
from django_tasks_db.models import DBTaskResult
from portal.operations.task_worker import worker_prefix
task = DBTaskResult.objects.first()
task.status, task.worker_ids = "RUNNING", [worker_prefix() + "killed"]
task.save()
"""

ENQUEUE_A_LONG_TASK = """
from tests.operations.tasks import call_a_program
call_a_program.enqueue("sleep", "300")
"""

COUNT = """
from django.contrib.auth import get_user_model
from wagtail.models import Page
print(Page.objects.count(), Page.objects.live().count(), get_user_model().objects.count())
"""
