"""What must hold before the portal starts, told in one line when it does not.

Needs nothing but the standard library, so that `make run` can ask before Django reads its settings (which write to `var/`):
`python -m portal.operations.preflight --port 8000`.
"""

import argparse
import errno
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOM_NEEDED = 64 * 1024 * 1024
"""Bytes that must be free where `var/` lies: what a first run writes, with some to spare."""

FULL = {errno.ENOSPC, errno.EDQUOT}


class NotReadyError(Exception):
    """Why the portal cannot start here; its text is one line that says what to do."""


def default_var_dir() -> Path:
    """Return the folder of this machine's data as the settings read it: `VAR_DIR`, else `var/` beside `manage.py`."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def check_folder(var_dir: Path, room: int = ROOM_NEEDED) -> None:
    """Make `var_dir` if need be and prove by writing to it that it can be used. Raises NotReadyError."""
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=var_dir, prefix=".preflight-") as probe:
            probe.write(bytes(4096))
            probe.flush()
            os.fsync(probe.fileno())
        free = shutil.disk_usage(var_dir).free
    except OSError as error:
        raise NotReadyError(explain(error, var_dir)) from error
    if free < room:
        raise NotReadyError(f"The disk that holds {var_dir} is nearly full: {free >> 20} MB free, {room >> 20} MB needed.")


def check_file(path: Path) -> None:
    """Refuse a database file that is there but cannot be written. Raises NotReadyError."""
    if not path.exists():
        return
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        raise NotReadyError(explain(error, path)) from error


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address, not listening yet: nobody else can take it meanwhile. Raises NotReadyError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except (OSError, OverflowError) as error:
        bound.close()
        raise NotReadyError(_explain_address(error, host, port)) from error
    return bound


def explain(error: OSError, path: Path) -> str:
    """Say in one line what stands between the portal and a file or folder of its own."""
    if error.errno in FULL:
        return f"The disk that holds {path} is full: make room, or choose another folder with VAR_DIR=/path."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{path} cannot be a folder, a file stands in its way: remove it, or choose another with VAR_DIR=/path."
    reason = "it is read-only" if error.errno == errno.EROFS else (error.strerror or str(error)).lower()
    return f"{path} cannot be written ({reason}): change its permissions, or choose another folder with VAR_DIR=/path."


def _explain_address(error: Exception, host: str, port: int) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program: stop it, or choose another port, such as: make run PORT={_another(port)}"
        )
    if isinstance(error, PermissionError):
        return f"Port {port} is reserved for the administrator: choose one above 1023, such as: make run PORT=8123"
    if isinstance(error, OverflowError):
        return f"{port} is not a port: choose one from 1024 to 65535, such as: make run PORT=8123"
    return f"Cannot serve at {host}: {getattr(error, 'strerror', None) or error}."


def _another(port: int) -> int:
    return port + 1 if 1023 < port < 65535 else 8123


def main(arguments: list[str] | None = None) -> int:
    """Check the folder, the database file and the port; return the exit status, 1 with a line on stderr where one fails."""
    parser = argparse.ArgumentParser(description="Tell in one line whether the portal can start here.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    var_dir = default_var_dir()
    try:
        check_folder(var_dir)
        check_file(var_dir / "portal.sqlite3")
        bind(options.host, options.port).close()
    except NotReadyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
