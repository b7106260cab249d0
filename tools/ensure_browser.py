"""Find a Chromium for the browser tests, or get one; print its path, or exit 1 with one line that says what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PACKAGES = ("chromium", "fonts-noto-core")
MISSING = (
    "No browser for the tests: none is installed, and none could be fetched. "
    "Install Chromium (Debian: apt-get install chromium fonts-noto-core) or name one with PORTAL_CHROMIUM=/path."
)


def on_this_machine() -> str | None:
    """Return the path of a browser that is here already: the one that PORTAL_CHROMIUM names first."""
    named = os.environ.get("PORTAL_CHROMIUM")
    candidates = ([named] if named else []) + [shutil.which(name) or "" for name in NAMES] + list(PLACES)
    return next((path for path in candidates if path and os.access(path, os.X_OK)), None)


def from_debian() -> str | None:
    """Install Debian's package where this user may; return its path, or None."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    _tell("Installing Debian's chromium ...")
    return on_this_machine() if _run("apt-get", "update") and _run("apt-get", "install", "-y", *PACKAGES) else None


def from_playwright() -> str | None:
    """Have Playwright download its Chromium; return its path, or None."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    _tell("Downloading Playwright's Chromium ...")
    if not _run(sys.executable, "-m", "playwright", "install", "chromium"):
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _run(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, stdout=sys.stderr, env=environment, check=False).returncode == 0  # noqa: S603


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main() -> int:
    """Print the path of a browser; return the exit status."""
    path = on_this_machine() or from_debian() or from_playwright()
    if path is None:
        _tell(MISSING)
        return 1
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
