"""The files of an Elasticsearch node: fetched once by Maven (`pom.xml`), kept in a cache outside the tree."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

POM = Path(__file__).with_name("pom.xml")
VERSION = "8.19.21"
TIMEOUT = 600


class NodeUnavailableError(Exception):
    """No node can be had; the message says why and what to do."""


def java_home() -> Path:
    """Return the home of the Java that runs the node. Raises NodeUnavailableError if there is none."""
    named = os.environ.get("JAVA_HOME")
    found = Path(named, "bin", "java") if named else Path(shutil.which("java") or "none")
    if not found.exists():
        raise _unavailable("there is no Java (Debian: default-jre-headless)")
    return found.resolve().parents[1]


def home() -> Path:
    """Return the folder of the unpacked node, fetched first where it is not there yet. Raises NodeUnavailableError."""
    target = _cache() / f"elasticsearch-{VERSION}"
    if not (target / "bin" / "elasticsearch").exists():
        _fetch(target)
    return target


def _cache() -> Path:
    """Return a folder that lasts; root's home is closed to the user that the node runs as."""
    named = os.environ.get("ELASTICSEARCH_TEST_CACHE")
    default = Path("/var/cache") if os.geteuid() == 0 else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(named) if named else default / "portal-tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fetch(target: Path) -> None:
    """Unpack beside the target and move it there in one step: another test run may be doing the same."""
    maven = shutil.which("mvn")
    if maven is None:
        raise _unavailable("there is no Maven to fetch it (Debian: maven)")
    with tempfile.TemporaryDirectory(prefix="unpacking-", dir=target.parent) as folder:
        _run_maven(maven, Path(folder))
        Path(folder).chmod(0o755)
        unpacked = Path(folder, target.name)
        _open_to_all(unpacked)
        try:
            unpacked.rename(target)
        except OSError:
            if not target.exists():
                raise


def _run_maven(maven: str, folder: Path) -> None:
    command = [maven, "-q", "-B", "-f", str(POM), f"-Dnode.directory={folder}", "dependency:unpack"]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.CalledProcessError as error:
        line = next((line for line in error.stdout.splitlines() if "ERROR" in line), "no reason given")
        raise _unavailable(f"Maven could not fetch it: {line}") from error
    except subprocess.TimeoutExpired as error:
        raise _unavailable(f"Maven did not fetch it in {TIMEOUT} seconds") from error


def _open_to_all(folder: Path) -> None:
    """Let the node's own user read what Maven unpacked, and run its scripts."""
    for path in (folder, *folder.rglob("*")):
        executable = path.is_dir() or path.parent.name == "bin"
        path.chmod(0o755 if executable else 0o644)


def _unavailable(reason: str) -> NodeUnavailableError:
    return NodeUnavailableError(
        f"No Elasticsearch node for the tests: {reason}. Name one of your own with ELASTICSEARCH_TEST_URL instead."
    )
