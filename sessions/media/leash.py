"""Runs a program on a short leash: `python leash.py PARENT BYTES SECONDS MEMORY PROGRAM ARGUMENT…`.

A file of its own, run with nothing but the standard library, because what `preexec_fn` does between fork and exec is not
safe in a process with threads. The program has low priority, may write files of so many bytes, use so many seconds of
processor time and so many bytes of memory, and dies with the process `PARENT` however that one dies.
"""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    """Limit this process, then become the program."""
    parent, size, seconds, memory = map(int, sys.argv[1:5])
    os.nice(10)
    limits = (
        (resource.RLIMIT_FSIZE, size),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
    )
    for what, limit in limits:
        _soft, hard = resource.getrlimit(what)
        resource.setrlimit(what, (limit, hard) if hard == resource.RLIM_INFINITY else (min(limit, hard), hard))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    os.execv(sys.argv[5], sys.argv[5:])  # noqa: S606 - that is its purpose


if __name__ == "__main__":
    main()
