"""Makes the demonstration recordings of `portal/home/content/media/` anew: `python -m tools.demonstration_media`.

Reads `script.json` there; needs espeak-ng (Debian: apt-get install espeak-ng), which nothing else does. The picture is drawn
here, from the geometry of the portal's own stars: a wheel of them, one lit with each sentence. The captions are the script
itself, timed by rendering it sentence by sentence.
"""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from portal.base.icons import khatam
from sessions.media.ffmpeg import program

MEDIA = Path(__file__).resolve().parent.parent / "portal" / "home" / "content" / "media"
VOICES = {"ar": ("ar", "140", "45"), "fr": ("fr-fr", "145", "42")}
"""For each language: espeak-ng's voice, words per minute, pitch."""
PAUSE, LONG_PAUSE, LEAD = 0.45, 1.0, 0.8
SIZE, OVERSAMPLING, FPS, FADE = (1280, 720), 2, 8, 0.75
TILE, TILE_DEEP, SAFFRON, LINE, UNLIT = "#0b4a50", "#083a3f", "#f2c14e", "#1c6168", "#27707a"
HARAKAT = re.compile("[\u064b-\u0652\u0670]")
SOUND = ["-c:a", "aac", "-ac", "1", "-ar", "24000", "-b:a", "32k"]
CLEAN = [
    "-map_metadata",
    "-1",
    "-fflags",
    "+bitexact",
    "-flags:v",
    "+bitexact",
    "-flags:a",
    "+bitexact",
    "-movflags",
    "+faststart",
]


@dataclass(frozen=True)
class Sentence:
    """What is said from `start` to `end` (seconds), in three languages; `part` is the chapter it belongs to, from 0."""

    start: float
    end: float
    part: int
    texts: dict[str, str]


def main() -> None:
    """Make every recording of the script."""
    for slug, script in json.loads((MEDIA / "script.json").read_text(encoding="utf-8")).items():
        with tempfile.TemporaryDirectory() as folder:
            build(MEDIA / slug, script, Path(folder))


def build(target: Path, script: dict[str, Any], work: Path) -> None:
    """Make one recording: sound, picture, captions and the record that `load_content` reads."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    sentences, total = speak(script, work)
    ffmpeg("-i", work / "speech.wav", "-af", "loudnorm=I=-18:TP=-2:LRA=7", *SOUND, "-f", "ipod", *CLEAN, target / "audio.m4a")
    wave_picture = "showwavespic=s=960x96:colors=0x7d7a6c:scale=sqrt"
    ffmpeg("-i", target / "audio.m4a", "-filter_complex", wave_picture, "-frames:v", "1", "-update", "1", target / "waveform.png")
    if script["video"]:
        film(target, sentences, total)
    for language in ("ar", "fr", "en"):
        (target / f"{language}.vtt").write_text(captions(sentences, language), encoding="utf-8")
    (target / "recording.toml").write_text(record(target.name, script, sentences, total), encoding="utf-8")


def speak(script: dict[str, Any], work: Path) -> tuple[list[Sentence], float]:
    """Render the script to `speech.wav`, and return its sentences with their times, and the length in seconds."""
    voice, speed, pitch = VOICES[script["spoken"]]
    sentences, moment = [], LEAD
    with wave.open(str(work / "speech.wav"), "wb") as speech:
        speech.setparams((1, 2, 22050, 0, "NONE", ""))
        silence(speech, LEAD)
        for part, chapter in enumerate(script["parts"]):
            for place, sentence in enumerate(chapter["sentences"]):
                piece = work / "piece.wav"
                command = ["espeak-ng", "-v", voice, "-s", speed, "-p", pitch, "-w", str(piece), sentence["say"]]
                subprocess.run(command, check=True)  # noqa: S603
                with wave.open(str(piece)) as said:
                    frames = said.readframes(said.getnframes())
                    length = said.getnframes() / said.getframerate()
                speech.writeframes(frames)
                texts = {script["spoken"]: HARAKAT.sub("", sentence["say"]), **{k: v for k, v in sentence.items() if k != "say"}}
                sentences.append(Sentence(moment, moment + length, part, texts))
                pause = LONG_PAUSE if place + 1 == len(chapter["sentences"]) else PAUSE
                silence(speech, pause)
                moment += length + pause
    return sentences, moment


def silence(speech: wave.Wave_write, seconds: float) -> None:
    """Write nothing for a while."""
    speech.writeframes(b"\0\0" * round(22050 * seconds))


def film(target: Path, sentences: list[Sentence], total: float) -> None:
    """Make the two videos and the poster."""
    pictures = [draw(lit, len(sentences)) for lit in range(len(sentences) + 1)]
    sizes = {"video-720": ("1280:720", "30"), "video-360": ("640:360", "30")}
    command: list[Any] = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "1280x720", "-r", str(FPS), "-i", "pipe:0"]
    command += ["-i", target / "audio.m4a"]
    for name, (scale, quality) in sizes.items():
        command += ["-map", "0:v", "-map", "1:a", "-vf", f"scale={scale}:flags=lanczos", "-c:v", "libx264", "-preset", "veryslow"]
        command += [
            "-profile:v",
            "main",
            "-pix_fmt",
            "yuv420p",
            "-crf",
            quality,
            "-tune",
            "animation",
            "-g",
            "80",
            "-c:a",
            "copy",
        ]
        command += [*CLEAN, target / f"{name}.mp4"]
    ffmpeg(*command, frames=frames(pictures, sentences, total))
    pictures[len(sentences) * 2 // 3].save(target / "poster.jpg", quality=72, optimize=True, progressive=True)


def frames(pictures: list[Image.Image], sentences: list[Sentence], total: float) -> Iterator[bytes]:
    """Yield the film's frames: the picture before a sentence fades into the one after it."""
    still = [picture.tobytes() for picture in pictures]
    for number in range(round(total * FPS)):
        moment = number / FPS
        lit = sum(sentence.start <= moment for sentence in sentences)
        share = (moment - sentences[lit - 1].start) / FADE if lit else 1.0
        yield still[lit] if share >= 1 else Image.blend(pictures[lit - 1], pictures[lit], share).tobytes()


def draw(lit: int, count: int) -> Image.Image:
    """Return the picture with `lit` of `count` stars of the wheel alight."""
    width, height = (side * OVERSAMPLING for side in SIZE)
    picture = Image.new("RGB", (width, height), TILE)
    canvas = ImageDraw.Draw(picture)
    step = height // 6
    for row in range(-1, 8):
        for column in range(-1, width // step + 2):
            corner = column * step, row * step
            canvas.polygon(star(corner, step * 0.5), outline=LINE, width=3)
            canvas.polygon(star((corner[0] + step // 2, corner[1] + step // 2), step * 0.16), fill=TILE_DEEP)
    centre = width // 2, height // 2
    canvas.ellipse(box(centre, height * 0.46), fill=TILE_DEEP)
    canvas.polygon(star(centre, height * 0.2), outline=SAFFRON, width=10)
    canvas.polygon(star(centre, height * 0.12 * max(0.25, lit / count)), fill=SAFFRON)
    for index in range(count):
        canvas.polygon(star(around(centre, height * 0.36, index / count), height * 0.055), fill=SAFFRON if index < lit else UNLIT)
    return picture.resize(SIZE, Image.Resampling.LANCZOS)


def star(centre: tuple[float, float], outer: float) -> list[tuple[float, float]]:
    """Return the corners of an eight-pointed star around a point."""
    return [(x + centre[0], y + centre[1]) for x, y in khatam(outer, 0)]


def around(centre: tuple[float, float], radius: float, share: float) -> tuple[float, float]:
    """Return a point on a circle, from the top and clockwise."""
    angle = 2 * math.pi * share - math.pi / 2
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def box(centre: tuple[float, float], radius: float) -> tuple[float, float, float, float]:
    """Return the square around a circle."""
    return centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius


def captions(sentences: list[Sentence], language: str) -> str:
    """Return the sentences in one language as WebVTT."""
    cues = (f"{clock(one.start)} --> {clock(one.end)}\n{one.texts[language]}\n" for one in sentences)
    return "WEBVTT\n\n" + "\n".join(cues)


def clock(seconds: float) -> str:
    """Return a moment as WebVTT writes it."""
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def record(slug: str, script: dict[str, Any], sentences: list[Sentence], total: float) -> str:
    """Return the facts of the recording as TOML."""
    lines = [f'session = "{slug}"', f'spoken_language = "{script["spoken"]}"', f"duration = {total:.2f}"]
    lines += [f"has_video = {str(script['video']).lower()}"]
    pictures = {"video-720": (1280, 720), "video-360": (640, 360), "poster": (1280, 720)} if script["video"] else {}
    files = {**pictures, "audio": None, "waveform": (960, 96)}
    lines += ["files = ["]
    lines += [
        f'  {{ kind = "{kind}"{", width = {}, height = {}".format(*size) if size else ""} }},' for kind, size in files.items()
    ]
    lines += ["]"]
    lines += [f"label_{language} = {json.dumps(text, ensure_ascii=False)}" for language, text in script["labels"].items()]
    for part, chapter in enumerate(script["parts"]):
        start = 0.0 if part == 0 else next(one.start for one in sentences if one.part == part)
        titles = [f"title_{language} = {json.dumps(text, ensure_ascii=False)}" for language, text in chapter["title"].items()]
        lines += ["", "[[chapters]]", f"start = {start:.2f}", *titles]
    return "\n".join(lines) + "\n"


def ffmpeg(*arguments: Any, frames: Iterable[bytes] = ()) -> None:
    """Run ffmpeg, giving it frames."""
    command = [program(), "-v", "error", "-y", *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603
        for frame in frames:
            process.stdin.write(frame)  # type: ignore[union-attr]
        process.stdin.close()  # type: ignore[union-attr]
    if process.returncode:
        raise SystemExit("ffmpeg failed")


if __name__ == "__main__":
    main()
