"""What Linux tells about processes: whose child each is, whether it lives, and the memory it holds (proc(5))."""

import os
from pathlib import Path

PROC = Path("/proc")


def parent_and_state(pid: int) -> tuple[int, str] | None:
    """Return the parent of a process and its state letter, or None where there is no such process."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(fields[1]), fields[0]


def alive(pid: int) -> bool:
    """Return whether a process runs; a zombie does not."""
    found = parent_and_state(pid)
    return found is not None and found[1] not in "ZX"


def children(pid: int) -> set[int]:
    """Return the direct children of a process, zombies too."""
    everyone = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
    return {other for other in everyone if (found := parent_and_state(other)) and found[0] == pid}


def family(pid: int) -> set[int]:
    """Return a process and all that descend from it."""
    return {pid}.union(*(family(child) for child in children(pid)))


def leads_group(pid: int) -> bool:
    """Return whether a process leads a process group of its own."""
    fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return int(fields[2]) == pid


def processor_time(pid: int) -> float:
    """Return the seconds of processor time that a process and all its living descendants have used."""
    return sum(map(_processor_time, family(pid)))


def memory(pid: int) -> int:
    """Return the proportional set size of a process and all its descendants, in bytes: shared pages are counted once."""
    return sum(_proportional_set_size(member) for member in family(pid))


def _processor_time(pid: int) -> float:
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _proportional_set_size(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
