"""How gunicorn serves the portal: in a module that needs no Django, so that a bare view can be served the same way."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ServerOptions:
    """How to serve: the descriptor of a bound socket (gunicorn's from then on), and how many processes and threads answer."""

    descriptor: int
    workers: int = 2
    threads: int = 4
    keepalive: int = 5
    graceful_timeout: int = 10

    def gunicorn_settings(self) -> dict[str, Any]:
        """Return gunicorn's settings by their names."""
        return {
            "bind": f"fd://{self.descriptor}",
            "workers": self.workers,
            "worker_class": "gthread",
            "threads": self.threads,
            "keepalive": self.keepalive,
            "timeout": 60,
            "limit_request_line": 0,  # a question of any length gets our own answer, in the reader's language
            "graceful_timeout": self.graceful_timeout,
            "preload_app": True,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "proc_name": "portal",
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 - heartbeats, off the disk
        }
