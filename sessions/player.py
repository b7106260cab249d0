"""What a page shows of its recordings: one in the player, what is said in it, its chapters, and where each moment leads.

Everything follows from the address (`?recording=`, `?t=`, `?quality=`, `?transcript=`, `?find=`), so that it works without
JavaScript; a value that cannot be is as if it were not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_info, gettext

from portal.base.languages import current_language, direction, preference
from portal.base.sizes import file_size
from sessions.captions.timestamps import clock, iso_duration, plain_seconds, seconds_asked
from sessions.enums import RenditionKind
from sessions.models import CaptionTrack, Recording, Rendition, SessionPage
from sessions.transcript import Line, lines_of

PLAYED = (RenditionKind.VIDEO_360, RenditionKind.VIDEO_720, RenditionKind.AUDIO)
"""What can be played, in the order of preference: a picture that costs little comes before a large one."""

QUALITIES = {"360": RenditionKind.VIDEO_360, "720": RenditionKind.VIDEO_720, "audio": RenditionKind.AUDIO}
MAX_FIND = 100
"""Characters of what is looked for in a transcript."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A file that can be played: its name, its address, its size in words, and the address of the page that plays it."""

    quality: str
    label: str
    src: str
    content_type: str
    size: str
    is_audio: bool
    chosen: bool
    link: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A chapter: where it begins and how it is called."""

    start: str
    clock: str
    title: str
    link: str
    now: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """Captions of the recording in one language, and their files."""

    language: str
    name: str
    direction: str
    vtt: str
    txt: str
    link: str
    shown: bool


@dataclass
class Player:
    """One recording of a session, as one address asks for it."""

    page: SessionPage
    recording: Recording
    asked: Mapping[str, str]
    saves_data: bool = False
    only: bool = True  # the session has no other recording

    @cached_property
    def start(self) -> float | None:
        """The second that the address asks for; None for the beginning, or what is after the end."""
        moment = seconds_asked(self.asked.get("t", ""))
        over = moment is not None and self.recording.duration is not None and moment > self.recording.duration
        return None if over else moment

    @property
    def fragment(self) -> str:
        """What makes the player begin there (a media fragment), "" for the beginning."""
        return f"#t={plain_seconds(self.start)}" if self.start else ""

    @cached_property
    def choices(self) -> list[Choice]:
        """The files to choose from, each with its size."""
        files = {file.kind: file for file in self.recording.renditions.all()}
        offered = [(quality, files[kind]) for quality, kind in QUALITIES.items() if kind in files]
        chosen = self._chosen(files)
        return [self._choice(quality, file, file is chosen) for quality, file in offered]

    def _chosen(self, files: Mapping[str, Rendition]) -> Rendition | None:
        """Return the file to play: what is asked for, sound only for who saves data, else a small picture."""
        first = QUALITIES.get(self.asked.get("quality", ""), RenditionKind.AUDIO if self.saves_data else "")
        return next((files[kind] for kind in (first, *PLAYED) if kind in files), None)

    def _choice(self, quality: str, file: Rendition, chosen: bool) -> Choice:
        is_audio = file.kind == RenditionKind.AUDIO
        link = self.link(quality=quality, t=self.asked.get("t", "") if self.start else "")
        return Choice(quality, file.get_kind_display(), file.url, file.content_type, file_size(file.size), is_audio, chosen, link)

    @property
    def choice(self) -> Choice | None:
        """The file that is played; None where there is none, as for a recording elsewhere."""
        return next((choice for choice in self.choices if choice.chosen), None)

    @property
    def label(self) -> str:
        """How the recording is called beside others."""
        return self.recording.label or gettext("Recording")

    @property
    def length(self) -> str:
        """How long it lasts, as a clock shows it; "" where nobody knows."""
        return clock(self.recording.duration) if self.recording.duration else ""

    @property
    def iso_length(self) -> str:
        """How long it lasts, as ISO 8601."""
        return iso_duration(self.recording.duration or 0)

    @property
    def elsewhere(self) -> str:
        """The address of a recording elsewhere, at the second that is asked for; "" for one of ours."""
        video = self.recording.external
        return video.at(self.start or 0) if video else ""

    @cached_property
    def track(self) -> CaptionTrack | None:
        """The captions that the transcript shows: those asked for, else in the language of the page, of the speech, or any."""
        tracks = {track.language: track for track in self.recording.tracks.all()}
        wanted = (self.asked.get("transcript", ""), *preference(current_language())[:1], self.recording.spoken_language)
        return next((tracks[language] for language in (*wanted, *tracks) if language in tracks), None)

    @cached_property
    def tracks(self) -> list[Track]:
        """All captions, with their files."""
        return [self._track(track) for track in self.recording.tracks.all()]

    def _track(self, track: CaptionTrack) -> Track:
        args = [self.page.slug, self.recording.pk, track.language]
        return Track(
            language=track.language,
            name=str(get_language_info(track.language)["name_translated"]),
            direction=direction(track.language),
            vtt=reverse("recording_captions", args=args),
            txt=reverse("recording_transcript", args=args),
            link=f"{self.link(transcript=track.language)[: -len(ANCHOR)]}#transcript",
            shown=track is self.track,
        )

    @property
    def default_track(self) -> str:
        """The language whose captions are on from the start: that of the page, where it has captions."""
        language = current_language()
        return language if any(track.language == language for track in self.tracks) else ""

    @property
    def shown_track(self) -> Track | None:
        """The captions that the transcript shows, with their files."""
        return next((track for track in self.tracks if track.shown), None)

    @property
    def find(self) -> str:
        """What the reader looks for in the transcript."""
        return self.asked.get("find", "")[:MAX_FIND].replace("\0", "").strip()

    @cached_property
    def lines(self) -> list[Line]:
        """The transcript; lines without what the reader looks for are hidden."""
        if self.track is None:
            return []
        address = self.link(t="")[: -len(ANCHOR)]
        return list(lines_of(self.track, find=self.find, address=address, anchor=ANCHOR, now=self.start))

    @property
    def found_words(self) -> str:
        """How many lines have what the reader looks for."""
        found = sum(not line.hidden for line in self.lines)
        return self.count_words % {"found": found, "all": len(self.lines)}

    @property
    def count_words(self) -> str:
        """The sentence that says how many lines were found, to be filled in."""
        return gettext("Lines found: %(found)s of %(all)s")

    @property
    def all_link(self) -> str:
        """The address of the whole transcript."""
        return f"{self.link()[: -len(ANCHOR)]}#transcript"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the search of the transcript keeps of the address: names and values."""
        return parse_qsl(self.link().partition("?")[2].partition("#")[0])

    @cached_property
    def chapters(self) -> list[Moment]:
        """The chapters, in order."""
        rows = list(self.recording.chapters.all())
        ends = [*(row.start for row in rows[1:]), float("inf")][: len(rows)]
        return [
            Moment(
                plain_seconds(row.start),
                clock(row.start),
                row.title,
                self.link(t=plain_seconds(row.start)),
                self._in(row.start, end),
            )
            for row, end in zip(rows, ends, strict=True)
        ]

    def _in(self, start: float, end: float) -> bool:
        return self.start is not None and start <= self.start < end

    def link(self, **changed: str) -> str:
        """Return the address of this recording with what the reader chose, and `changed`."""
        kept = {name: self.asked[name] for name in ("quality", "transcript") if self.asked.get(name)}
        pairs = {"recording": "" if self.only else str(self.recording.pk), **kept, **changed}
        question = urlencode({name: value for name, value in pairs.items() if value})
        return f"?{question}{ANCHOR}" if question else f"{self.page.url}{ANCHOR}"


ANCHOR = "#recording"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The recordings of a session as one address asks for them."""

    player: Player
    tabs: list[tuple[str, str, bool]] = field(default_factory=list)
    """Name, address and whether it is the one in the player; empty where there is only one."""


def recorded(page: SessionPage, request: HttpRequest) -> Recorded | None:
    """Return what to show of a session's public recordings; None where there are none."""
    recordings = page.recordings
    if not recordings:
        return None
    asked = {name: request.GET.get(name, "") for name in ("recording", "t", "quality", "transcript", "find")}
    chosen = next((one for one in recordings if str(one.pk) == asked["recording"]), recordings[0])
    saves = request.headers.get("Save-Data", "").strip().lower() == "on"
    only = len(recordings) == 1
    player = Player(page, chosen, asked, saves, only)
    if only:
        return Recorded(player)
    tabs = [(one.label or f"{gettext('Recording')} {place}", one) for place, one in enumerate(recordings, 1)]
    return Recorded(player, [(name, f"?recording={one.pk}{ANCHOR}", one is chosen) for name, one in tabs])
