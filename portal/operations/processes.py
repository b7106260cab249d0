"""Small dealings with the operating system that the server's processes share."""

import contextlib
import ctypes
import os
import signal
import sys
import threading

PR_SET_PDEATHSIG = 1  # linux/prctl.h
ORPHAN_POLL_SECONDS = 1.0


def follow_parent(parent: int, signum: int = signal.SIGTERM) -> None:
    """Have the kernel send `signum` to this process when `parent` dies, however it dies (prctl(2); on Linux only).

    Leaves at once when the parent died before the call.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def end_with_parent(parent: int) -> None:
    """Watch `parent` from a thread and kill this process's whole group once it is gone: nothing outlives the server.

    The caller must lead a process group of its own.
    """

    def watch() -> None:
        never = threading.Event()
        while os.getppid() == parent:
            never.wait(ORPHAN_POLL_SECONDS)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, name="orphan-watch", daemon=True).start()


def kill_group(leader: int) -> None:
    """Kill a process and all that it started; a process that is gone already is no error."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(leader, signal.SIGKILL)


def still_running(child: int) -> bool:
    """Return whether a child of this process runs, reaping it when it ended; one that was reaped elsewhere does not run."""
    try:
        return os.waitpid(child, os.WNOHANG)[0] == 0
    except ChildProcessError:
        return False
