"""What is made of a recording: each file with ffmpeg's arguments for it.

Video is H.264 (main profile, 4:2:0) with AAC in MP4, its index in front, so that it starts before it is loaded: every browser
of the last ten years plays it. Nothing is made larger than it came, and no metadata (places, names, devices) is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sessions.enums import RenditionKind
from sessions.media.probe import Probe

_CLEAN = ["-map_metadata", "-1", "-map_metadata:s:v", "-1", "-map_metadata:s:a", "-1", "-map_chapters", "-1", "-sn", "-dn"]
_CLEAN += ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
_FAST_START = ["-movflags", "+faststart", "-f", "mp4"]
_LEAST_FOR_720 = 480
"""A picture that is not higher than this gains nothing from a second, larger rendition."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One file to make."""

    kind: RenditionKind
    name: str
    content_type: str
    arguments: tuple[str, ...]


def _video(kind: RenditionKind, short_side: int, quality: int, most: str, sound: tuple[str, ...]) -> Recipe:
    square = "scale=w='max(2,trunc(iw*sar/2)*2)':h='max(2,trunc(ih/2)*2)',setsar=1"
    fit = f"max(2,trunc(min({short_side},{{side}})/2)*2)"
    wide, tall = fit.format(side="ih"), fit.format(side="iw")
    scale = f"scale=w='if(gte(iw,ih),-2,{tall})':h='if(gte(iw,ih),{wide},-2)'"
    picture = ["-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-pix_fmt", "yuv420p", "-crf", str(quality)]
    rate = ["-maxrate", most, "-bufsize", most, "-fps_mode", "cfr", "-fpsmax", "30", "-g", "90", "-threads", "4"]
    arguments = ("-map", "0:V:0", "-map", "0:a:0?", "-vf", f"{square},{scale}", *picture, *rate, *sound, *_CLEAN, *_FAST_START)
    return Recipe(kind, f"{kind.value}.mp4", "video/mp4", arguments)


_SPEECH = ("-c:a", "aac", "-ac", "1", "-ar", "44100", "-b:a", "64k")
VIDEO_720 = _video(RenditionKind.VIDEO_720, 720, 23, "1800k", ("-c:a", "aac", "-ac", "2", "-ar", "48000", "-b:a", "96k"))
VIDEO_360 = _video(RenditionKind.VIDEO_360, 360, 26, "500k", _SPEECH)
AUDIO = Recipe(
    RenditionKind.AUDIO,
    "audio.m4a",
    "audio/mp4",
    ("-map", "0:a:0", *_SPEECH, "-vn", *_CLEAN, "-movflags", "+faststart", "-f", "ipod"),
)
POSTER = Recipe(
    RenditionKind.POSTER,
    "poster.jpg",
    "image/jpeg",
    ("-vf", "thumbnail=n=50", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "5", "-f", "image2", "-update", "1"),
)
WAVEFORM = Recipe(
    RenditionKind.WAVEFORM,
    "waveform.png",
    "image/png",
    (
        "-filter_complex",
        "showwavespic=s=960x96:colors=0x7d7a6c:scale=sqrt",
        "-frames:v",
        "1",
        "-c:v",
        "png",
        "-f",
        "image2",
        "-update",
        "1",
    ),
)


BY_KIND = {one.kind: one for one in (VIDEO_720, VIDEO_360, AUDIO, POSTER, WAVEFORM)}


def main_recipes(source: Probe) -> list[Recipe]:
    """Return what is made from the original itself, in one reading of it."""
    videos = [VIDEO_720] if source.short_side > _LEAST_FOR_720 else []
    videos += [VIDEO_360] if source.size else []
    return videos + ([AUDIO] if source.has_audio else [])


def outputs(recipes: list[Recipe], folder: Path, seconds: int) -> list[str]:
    """Return ffmpeg's arguments for several files in `folder`, each of `seconds` at most."""
    return [argument for one in recipes for argument in (*one.arguments, "-t", str(seconds), str(folder / one.name))]


def bytes_needed(recipes: list[Recipe], seconds: float) -> int:
    """Return about how many bytes the files of a recording of `seconds` take at most."""
    bits = {RenditionKind.VIDEO_720: 1_900_000, RenditionKind.VIDEO_360: 564_000, RenditionKind.AUDIO: 64_000}
    return int(sum(bits[one.kind] for one in recipes) * seconds / 8)
