"""wrk, the load generator: found, or installed from Debian; run for a bounded time; its report read."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
THREADS = 2
SCRIPT = Path(__file__).with_name("wrk_addresses.lua")


class WrkMissingError(Exception):
    """wrk is not here and could not be installed; the text says what to do."""


@dataclass(frozen=True)
class Measure:
    """What wrk saw: requests a second, milliseconds, and answers that were no success."""

    rate: float
    p50: float
    p99: float
    errors: int


def ensure_wrk() -> str:
    """Return the path of wrk, installing Debian's package where this user may. Raises WrkMissingError."""
    if not shutil.which("wrk") and shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "wrk"]):
            subprocess.run(
                command, stdout=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False
            )
    path = shutil.which("wrk")
    if path is None:
        raise WrkMissingError("make bench needs wrk, and it is not installed (Debian: apt-get install wrk).")
    return path


def drive(url: str, connections: int, seconds: int, cookie: str = "", addresses: Path | None = None) -> Measure:
    """Ask for `url`, or for the paths in the file `addresses` there, through `connections` at once for `seconds`.

    The requests bear a cookie if one is given.
    """
    threads = min(THREADS, connections)
    header = ["-H", f"Cookie: {cookie}"] if cookie else []
    command = [ensure_wrk(), f"-t{threads}", f"-c{connections}", f"-d{seconds}s", *header, "--latency", "--timeout", "20s"]
    command += [url] if addresses is None else ["-s", str(SCRIPT), url, "--", str(addresses)]
    report = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=True).stdout
    return read_report(report)


def read_report(report: str) -> Measure:
    """Read the text that `wrk --latency` prints."""
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", report)
    sockets = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", report)
    return Measure(
        rate=float(_group(r"Requests/sec:\s+([\d.]+)", report)),
        p50=_milliseconds(_group(r"\n\s+50%\s+(\S+)", report)),
        p99=_milliseconds(_group(r"\n\s+99%\s+(\S+)", report)),
        errors=(int(refused[1]) if refused else 0) + (sum(map(int, sockets.groups())) if sockets else 0),
    )


def _group(pattern: str, report: str) -> str:
    found = re.search(pattern, report)
    if found is None:
        raise ValueError(f"wrk's report holds no {pattern}:\n{report}")
    return found[1]


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\D+)", text).groups()  # type: ignore[union-attr]
    return float(number) * UNITS[unit]
