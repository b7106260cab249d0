"""What is done before serving: each step is skipped by itself when nothing changed since the last start."""

import hashlib
import io
import os
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from search.engines import EngineUnavailableError, get_engine

Step = Callable[[], str]
"""Does its work if there is any, and returns what it did in a few words."""


def prepare(say: Callable[[str], None]) -> None:
    """Bring database, content, search index and static files up to date, telling each step with its duration."""
    for name, step in STEPS.items():
        start = time.perf_counter()
        done = step()
        say(f"  {name:<14} {done:<40} {time.perf_counter() - start:6.1f} s")


def migrate() -> str:
    """Apply the migrations that are missing."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return "up to date"
    call_command("migrate", interactive=False, verbosity=0)
    return f"{len(plan)} migrations applied"


def load_content() -> str:
    """Load what a first visitor sees; the command itself leaves alone what is there already."""
    if "load_content" not in get_commands():
        return "none"
    return _last_line("load_content") or "loaded"


def count_practices() -> str:
    """Write what is counted of practices that were published before it was counted."""
    return _last_line("rebuild_facts", missing=True)


def note_translations() -> str:
    """Note the words of pages that were published before that was noted."""
    return _last_line("note_translations")


def index_search() -> str:
    """Rebuild the search index where there is none that answers, else bring it the changes that wait."""
    try:
        get_engine().count()
    except EngineUnavailableError:
        return _last_line("search_rebuild") or "built"
    return _last_line("search_sync") or "up to date"


def collect_static() -> str:
    """Hash and compress the static files if one of them, or the way they are stored, changed since the last time."""
    mark = Path(settings.VAR_DIR) / "static.fingerprint"
    fingerprint = static_fingerprint()
    collected = not isinstance(staticfiles_storage, FileSystemStorage) or Path(settings.STATIC_ROOT, "staticfiles.json").exists()
    if collected and mark.exists() and mark.read_text(encoding="ascii") == fingerprint:
        return "up to date"
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(fingerprint, encoding="ascii")
    return "hashed and compressed"


def static_fingerprint() -> str:
    """Return a digest of names, sizes and times of all static files, and of where and how they are stored."""
    digest = hashlib.sha256(f"{settings.STORAGES['staticfiles']} {settings.STATIC_ROOT} {settings.STATIC_URL}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))  # noqa: PTH116 - twice as fast as Path over thousands of files
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _last_line(command: str, **options: bool) -> str:
    """Run a management command and return the last line that it wrote, cut to fit."""
    output = io.StringIO()
    call_command(command, stdout=output, **options)
    lines = output.getvalue().strip().splitlines()
    return lines[-1].strip()[:60] if lines else ""


STEPS: dict[str, Step] = {
    "Database": migrate,
    "Content": load_content,
    "Counts": count_practices,
    "Translations": note_translations,
    "Search index": index_search,
    "Static files": collect_static,
}
