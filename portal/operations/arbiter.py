"""The parent process: gunicorn's arbiter, which here looks after the task worker too."""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable

from gunicorn.arbiter import Arbiter

from portal.operations.processes import kill_group, still_running

logger = logging.getLogger(__name__)

HEALTHY_SECONDS = 10.0
LONGEST_PAUSE = 30.0


class PortalArbiter(Arbiter):
    """Keeps one child more than gunicorn does: started with the web workers, started anew when it dies, stopped with them."""

    def __init__(self, app: object, side_process: Callable[[int], None]) -> None:
        self.side_process = side_process
        self.side_pid = 0
        self._side_started = 0.0
        self._side_pause = 0.0
        super().__init__(app)

    def manage_workers(self) -> None:
        """Start whoever is missing: called at start, every second and when a child has died."""
        super().manage_workers()
        if self.side_pid and not still_running(self.side_pid):
            self._note_death()
        if not self.side_pid and time.monotonic() - self._side_started >= self._side_pause:
            self._start_side_process()

    def stop(self, graceful: bool = True) -> None:
        """Stop every child: ask, wait as long as gunicorn's `graceful_timeout`, kill."""
        limit = time.monotonic() + self.cfg.graceful_timeout
        pid, self.side_pid = self.side_pid, 0
        if pid and still_running(pid):
            os.kill(pid, signal.SIGTERM)
        super().stop(graceful)
        if not pid:
            return
        while still_running(pid) and time.monotonic() < limit:
            time.sleep(0.05)
        kill_group(pid)
        self._reap(pid)

    def _note_death(self) -> None:
        """Forget a dead task worker; one that dies young is given a longer and longer pause before the next."""
        lived = time.monotonic() - self._side_started
        self._side_pause = 0.0 if lived > HEALTHY_SECONDS else min(max(1.0, self._side_pause * 2), LONGEST_PAUSE)
        logger.error("The task worker (process %d) ended; another starts in %d s", self.side_pid, self._side_pause)
        kill_group(self.side_pid)
        self.side_pid = 0

    def _start_side_process(self) -> None:
        self._side_started = time.monotonic()
        parent = os.getpid()
        self.side_pid = os.fork()
        if self.side_pid == 0:
            self._be_side_process(parent)

    def _be_side_process(self, parent: int) -> None:
        """Run the task worker in the child and leave without ever returning into the parent's stack."""
        status = 0
        try:
            for signum in (*self.SIGNALS, signal.SIGCHLD):
                signal.signal(signum, signal.SIG_DFL)
            for listener in self.LISTENERS:
                listener.close()
            for worker in self.WORKERS.values():
                worker.tmp.close()
            self.side_process(parent)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
        except BaseException:
            logger.exception("The task worker failed")
            status = 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    @staticmethod
    def _reap(pid: int) -> None:
        try:
            os.waitpid(pid, 0)
        except ChildProcessError:
            return
