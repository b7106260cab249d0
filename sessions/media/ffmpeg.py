"""Calls ffmpeg on files that nobody can vouch for."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import imageio_ffmpeg
from django.conf import settings

from sessions.media.faults import Fault, MediaError

LEASH = Path(__file__).with_name("leash.py")
MEMORY_BYTES = 6 << 30
TAIL_BYTES = 2000
OUTPUT_BYTES = 4 << 20
"""What ffmpeg may say on its standard output: facts and progress, never media."""

DECODERS = (
    "h264,hevc,libdav1d,vp8,vp9,mpeg4,mpeg2video,mpeg1video,h263,theora,prores,mjpeg,"
    "aac,aac_latm,mp3,mp3float,mp2,mp2float,ac3,eac3,opus,vorbis,flac,alac,amrnb,amrwb,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,pcm_u8,pcm_alaw,pcm_mulaw"
)
"""What cameras, telephones and meeting rooms record; nothing rarer is ever run on a stranger's file."""


@lru_cache(maxsize=1)
def program() -> str:
    """Return the path of ffmpeg (of the `imageio-ffmpeg` wheel, or what IMAGEIO_FFMPEG_EXE names)."""
    return imageio_ffmpeg.get_ffmpeg_exe()


def opened(path: Path, demuxer: str) -> list[str]:
    """Return the arguments that open one file as what it was found to be, and nothing else.

    No other container is tried (so no playlist is), no other file and no network is opened, no rare decoder is run.
    """
    allowed = ["-protocol_whitelist", "file", "-format_whitelist", demuxer, "-codec_whitelist", DECODERS]
    return [*allowed, "-max_pixels", str(settings.MEDIA_MAX_PIXELS), "-threads", "4", "-f", demuxer, "-i", f"file:{path}"]


def run(arguments: list[str], folder: Path, *, seconds: float, on_line: Callable[[str], None]) -> str:
    """Run ffmpeg in `folder` for `seconds` at most, give each line of its output to `on_line`, and return its last messages.

    Raises MediaError when it fails, is stopped or takes too long; what `on_line` raises stops it, too.
    """
    limits = [os.getpid(), settings.MEDIA_MAX_BYTES, int(seconds * (os.cpu_count() or 1)) + 10, MEMORY_BYTES]
    leash = [sys.executable, "-I", "-S", str(LEASH), *map(str, limits)]
    command = [*leash, program(), "-hide_banner", "-nostdin", "-y", *arguments]
    with (
        (folder / "messages").open("w+b") as messages,
        subprocess.Popen(  # noqa: S603 - no shell, and arguments of our own
            command, cwd=folder, env={}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=messages
        ) as process,
    ):
        try:
            for line in _lines(process.stdout, time.monotonic() + seconds):
                on_line(line)
            status = process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            raise MediaError(Fault.TOO_SLOW) from None
        finally:
            process.kill()
        said = _said(messages)
    if status:
        raise MediaError(_fault_of(status, said), said[-TAIL_BYTES:])
    return said


def _lines(stream: Any, deadline: float) -> Iterator[str]:
    rest, total = b"", 0
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0 and selector.select(left):
            chunk = os.read(stream.fileno(), 65536)
            if not chunk:
                return
            total += len(chunk)
            if total > OUTPUT_BYTES and b"=" not in chunk:
                raise MediaError(Fault.BROKEN, "endless output")
            *lines, rest = (rest + chunk).split(b"\n")
            yield from (line.decode("utf-8", "replace") for line in lines)
    raise MediaError(Fault.TOO_SLOW)


def _said(messages: IO[bytes]) -> str:
    """Return the beginning and the end of what ffmpeg wrote beside its output."""
    messages.flush()
    size = messages.seek(0, os.SEEK_END)
    messages.seek(0)
    text = messages.read(65536)
    if size > 65536 + TAIL_BYTES:
        messages.seek(size - TAIL_BYTES)
        text += b"\n" + messages.read(TAIL_BYTES)
    return text.decode("utf-8", "replace").replace("\0", "")


def _fault_of(status: int, said: str) -> Fault:
    """Return what ffmpeg's end means to people."""
    if "No space left on device" in said:
        return Fault.NO_SPACE
    if status in (-25, 153) or "File too large" in said:  # SIGXFSZ: the limit of the leash
        return Fault.TOO_LARGE
    if status == -24:  # SIGXCPU
        return Fault.TOO_SLOW
    if "whitelist" in said or "Decoder not found" in said or "Could not find codec parameters" in said:
        return Fault.UNSUPPORTED
    return Fault.BROKEN
