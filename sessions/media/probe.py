"""What is in a file: told from its first bytes, then by ffmpeg."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sessions.media import ffmpeg
from sessions.media.faults import Fault, MediaError

HEAD_BYTES = 4096
PROBE_SECONDS = 60.0
MOST_STREAMS = 16
WIDEST_PIXEL = 4.0
"""How many times wider than high a pixel may be, or higher than wide."""

_IMAGE_BRANDS = {b"avif", b"avis", b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"crx "}
_BEGINNINGS = (
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"#!AMR", "amr"),
    (b"\x00\x00\x01\xba", "mpeg"),
)
_DURATION = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)", re.MULTILINE)
_STREAM = re.compile(r"^  Stream #0:\d+", re.MULTILINE)
_FACT = re.compile(r"^#(media_type|dimensions|sar) (\d+): (\S+)$")


@dataclass(frozen=True, slots=True)
class Probe:
    """The facts of a media file. `duration` is in seconds as the file declares it, None where it does not; `size` in pixels."""

    demuxer: str
    duration: float | None
    size: tuple[int, int] | None
    has_audio: bool

    @property
    def short_side(self) -> int:
        """The height of a wide picture, the width of a tall one; 0 for none."""
        return min(self.size) if self.size else 0


def sniff(head: bytes) -> str | None:
    """Return the ffmpeg demuxer of a file that begins with `head`; None for what is no medium the portal takes."""
    if head[4:8] == b"ftyp":
        return None if head[8:12] in _IMAGE_BRANDS else "mov"
    if head[4:8] in (b"moov", b"mdat", b"wide"):
        return "mov"
    if head[:4] == b"RIFF":
        return {b"WAVE": "wav", b"AVI ": "avi"}.get(head[8:12])
    for beginning, demuxer in _BEGINNINGS:
        if head.startswith(beginning):
            return demuxer
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return "mpegts"
    if len(head) > 1 and head[0] == 0xFF:
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3" if head[1] & 0xE0 == 0xE0 and head[1] & 0x06 in (2, 4) else None
    return None


def check_head(head: bytes) -> str:
    """Return the demuxer of a file that begins with `head`. Raises MediaError where it is empty or no medium."""
    if not head:
        raise MediaError(Fault.EMPTY)
    demuxer = sniff(head)
    if demuxer is None:
        raise MediaError(Fault.NOT_MEDIA)
    return demuxer


def probe(path: Path, folder: Path) -> Probe:
    """Return the facts of a file; `folder` is for ffmpeg's messages.

    ffmpeg's frame hash states its facts for machines, so no ffprobe is needed.
    Raises MediaError for what the portal does not take.
    """
    with path.open("rb") as stream:
        demuxer = check_head(stream.read(HEAD_BYTES))
    facts: dict[tuple[str, int], str] = {}

    def read(line: str) -> None:
        if found := _FACT.match(line):
            facts[found[1], int(found[2])] = found[3]

    copied = ["-map", "0:V?", "-map", "0:a?", "-c", "copy", "-t", "0.1", "-f", "framehash", "-hash", "crc32", "-"]
    said = ffmpeg.run([*ffmpeg.opened(path, demuxer), *copied], folder, seconds=PROBE_SECONDS, on_line=read)
    found = _probe(demuxer, facts, said)
    _check(found, facts, len(_STREAM.findall(said.partition("Stream mapping:")[0])))
    return found


def _probe(demuxer: str, facts: dict[tuple[str, int], str], said: str) -> Probe:
    kinds = {index: value for (name, index), value in facts.items() if name == "media_type"}
    video = next((index for index, kind in kinds.items() if kind == "video"), None)
    size = None
    if video is not None:
        width, _, height = facts.get(("dimensions", video), "0x0").partition("x")
        size = int(width), int(height)
    clock = _DURATION.search(said)
    duration = int(clock[1]) * 3600 + int(clock[2]) * 60 + float(clock[3]) if clock else None
    return Probe(demuxer, duration, size, "audio" in kinds.values())


def _check(found: Probe, facts: dict[tuple[str, int], str], streams: int) -> None:
    if found.size is None and not found.has_audio:
        raise MediaError(Fault.NOT_MEDIA, "no picture and no sound")
    if streams > MOST_STREAMS:
        raise MediaError(Fault.TOO_COMPLEX, f"{streams} streams")
    if found.duration and found.duration > settings.MEDIA_MAX_SECONDS:
        raise MediaError(Fault.TOO_LONG, f"{found.duration:.0f} s")
    if found.size:
        if 0 in found.size:
            raise MediaError(Fault.BROKEN, "a picture without size")
        if found.size[0] * found.size[1] > settings.MEDIA_MAX_PIXELS:
            raise MediaError(Fault.TOO_MANY_PIXELS, "{}x{}".format(*found.size))
    for (name, _index), value in facts.items():
        across, _, down = value.partition("/")
        if name == "sar" and int(across) and int(down) and not 1 / WIDEST_PIXEL <= int(across) / int(down) <= WIDEST_PIXEL:
            raise MediaError(Fault.BROKEN, f"pixels of {value}")
