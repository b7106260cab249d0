"""The demonstration recordings: prepared beforehand (`tools/demonstration_media.py`), so that loading them needs no ffmpeg."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portal.base.languages import language_codes
from portal.home.loading.files import CONTENT, read, session_key
from portal.home.loading.pages import Loader
from sessions.captions.domain import keep_captions
from sessions.enums import RenditionKind
from sessions.media.domain import add_prepared
from sessions.models import Chapter, Recording, SessionPage


def load_recordings(loader: Loader) -> None:
    """Add the recordings of `content/media/` that were never loaded, each to its session; one without a session is left out."""
    for path in sorted((CONTENT / "media").glob("*/recording.toml")):
        name = str(path.relative_to(CONTENT))
        if name in loader.loaded:
            continue
        record = read(name)
        if SessionPage.objects.filter(translation_key=session_key(record["session"])).exists():
            _load(record, path.parent)
        loader.remember(name)


def _load(record: dict[str, Any], folder: Path) -> None:
    recording = Recording(
        session_key=session_key(record["session"]),
        spoken_language=record["spoken_language"],
        duration=record["duration"],
        has_video=record["has_video"],
        illustrative=True,
        **{f"label_{code}": record[f"label_{code}"] for code in language_codes()},
    )
    files = {RenditionKind(one["kind"]): (one["width"], one["height"]) if "width" in one else None for one in record["files"]}
    add_prepared(recording, files, folder)
    for chapter in record["chapters"]:
        Chapter.objects.create(recording=recording, **chapter)
    for code in language_codes():
        keep_captions(recording, code, (folder / f"{code}.vtt").read_text(encoding="utf-8"))
