"""Install a requirements file with pip, one short line of progress per package: `python tools/install.py requirements.txt`."""

import subprocess
import sys
from pathlib import Path

SHOWN_ON_FAILURE = 15


def pinned(path: Path) -> int:
    """Return how many packages a requirements file names, those of the files that it includes with it."""
    total = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            total += pinned(path.parent / line[3:].strip())
        elif line.strip() and not line.startswith("#"):
            total += 1
    return total


def install(path: Path) -> int:
    """Run pip, counting the packages that it looks at; return its exit status, after its last lines where it failed."""
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", str(path)]
    total, seen, lines = pinned(path), 0, []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:  # noqa: S603
        for line in pip.stdout or ():
            lines.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen = min(seen + 1, total)
                name = line.removeprefix("Collecting ").removeprefix("Requirement already satisfied: ").split()[0]
                _show(f"  Packages       {seen}/{total} {name}")
            elif line.startswith("Installing collected"):
                _show(f"  Packages       unpacking {total}")
    if pip.returncode:
        sys.stderr.write("\n" + "".join(lines[-SHOWN_ON_FAILURE:]))
        sys.stderr.write(f"The packages of {path} could not be installed: the lines above say why (is there a network?).\n")
    else:
        _show(f"  Packages       {total} installed", end="\n")
    return pip.returncode


def _show(line: str, end: str = "\r") -> None:
    """Write a line over the one before on a terminal; elsewhere only the lines that stay."""
    if sys.stdout.isatty():
        sys.stdout.write(f"{line:<78}{end}")
    elif end == "\n":
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1])))
