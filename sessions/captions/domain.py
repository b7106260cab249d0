"""What happens when facilitators write captions and chapters: checked, kept, and told to search."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base.text import clean_text
from sessions.captions.cues import Problem
from sessions.captions.decoding import MAX_BYTES
from sessions.captions.parsing import parse
from sessions.captions.timestamps import LONGEST
from sessions.captions.writing import write_vtt
from sessions.models import CaptionTrack, Chapter, Recording

MAX_CHAPTERS = 200
MAX_TITLE = 160


class CaptionsError(Exception):
    """Captions that cannot be kept; `problems` says why, by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.line}: {problem.message}" for problem in problems))
        self.problems = tuple(problems)


class CaptionsConflictError(Exception):
    """Somebody else kept captions of the same recording and language meanwhile; `track` is theirs, None if they removed it."""

    def __init__(self, track: CaptionTrack | None) -> None:
        super().__init__("these captions were changed meanwhile")
        self.track = track


@dataclass(frozen=True, slots=True)
class Kept:
    """The track as it is now, and what was changed on the way in."""

    track: CaptionTrack
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A chapter to keep: its start in seconds, and its titles."""

    start: float
    title_ar: str
    title_fr: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class _Any:
    """Whatever is there now."""


ANY = _Any()


@transaction.atomic
def keep_captions(recording: Recording, language: str, text: str, *, seen: datetime.datetime | _Any | None = ANY) -> Kept:
    """Keep WebVTT (or SRT) as the captions of a recording in a language, and let search know what is said.

    `seen` is the `updated_at` of what the writer started from (None: there was nothing); by default nothing is compared.
    Raises CaptionsError with every error by line, CaptionsConflictError where somebody else was faster, ValueError for a
    language that is not the portal's.
    """
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"{language!r} is no language of the portal")
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise CaptionsError([Problem(1, _("The text is larger than 5 MB: captions are much smaller."))])
    parsed = parse(text, recording.duration)
    if parsed.errors:
        raise CaptionsError(parsed.errors)
    track = _current(recording, language, seen)
    if track is None:
        track = CaptionTrack(recording=recording, language=language)
    track.vtt = write_vtt(parsed.cues, language, parsed.notes)
    track.cues = [cue.kept() for cue in parsed.cues]
    track.save()  # its signal tells search
    return Kept(track, tuple(parsed.warnings))


@transaction.atomic
def remove_captions(recording: Recording, language: str, *, seen: datetime.datetime | _Any | None = ANY) -> None:
    """Remove the captions of a recording in a language, from pages and from search; where there are none, do nothing."""
    track = _current(recording, language, seen)
    if track is not None:
        track.delete()


def _current(recording: Recording, language: str, seen: datetime.datetime | _Any | None) -> CaptionTrack | None:
    track = CaptionTrack.objects.select_for_update().filter(recording=recording, language=language).first()
    if not isinstance(seen, _Any) and seen != (track.updated_at if track else None):
        raise CaptionsConflictError(track)
    return track


@transaction.atomic
def keep_chapters(recording: Recording, rows: Sequence[ChapterRow]) -> list[Chapter]:
    """Make `rows` the chapters of a recording, in order of time. Raises CaptionsError: its lines are places in `rows`."""
    problems = [problem for place, row in enumerate(rows, 1) for problem in _wrong(place, row)]
    starts = [row.start for row in rows]
    problems += [
        Problem(place, _("Two chapters begin at the same moment."))
        for place, start in enumerate(starts, 1)
        if start in starts[: place - 1]
    ]
    if len(rows) > MAX_CHAPTERS:
        problems.append(Problem(MAX_CHAPTERS + 1, _("There are more than %(number)s chapters.") % {"number": MAX_CHAPTERS}))
    if problems:
        raise CaptionsError(sorted(problems))
    Recording.objects.select_for_update().get(pk=recording.pk)
    Chapter.objects.filter(recording=recording).delete()
    kept = [
        Chapter(
            recording=recording,
            start=row.start,
            title_ar=clean_text(row.title_ar),
            title_fr=clean_text(row.title_fr),
            title_en=clean_text(row.title_en),
        )
        for row in sorted(rows, key=lambda row: row.start)
    ]
    Chapter.objects.bulk_create(kept)
    Recording.objects.get(pk=recording.pk).save(update_fields=["updated_at"])
    return kept


def _wrong(place: int, row: ChapterRow) -> list[Problem]:
    problems = []
    if not 0 <= row.start < LONGEST:
        problems.append(Problem(place, _("A chapter begins within the recording.")))
    if not clean_text(row.title_ar):
        problems.append(Problem(place, _("A chapter needs its title in Arabic.")))
    if max(map(len, (row.title_ar, row.title_fr, row.title_en))) > MAX_TITLE:
        problems.append(Problem(place, _("The title of a chapter has at most 160 characters.")))
    return problems
