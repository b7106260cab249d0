"""Changes analysed for a rebuild: beside the process that writes, in one of its own, where there is a processor for it.

Analysing takes about as long as writing, so that one such process keeps two processors busy; a second would wait. It is a
program begun anew, never a fork: a rebuild may run among the threads of a server, whose locks and SQLite handles a forked
child would take with it. It ends when its input does, and so with the process that began it, however that ends.
"""

import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from search.documents import Document
from search.engines.base import Change
from search.engines.embedded import schema, streams, writing
from search.engines.embedded.streams import Streams
from search.engines.embedded.writing import Prepared

logger = logging.getLogger(__name__)

ALONE = 1_000
"""Changes that are analysed here first: for so few a second process would not be worth its start."""
PROGRAM = "search.engines.embedded.analyst"
SECONDS = 60.0
"""How long an answer is waited for."""
_CHUNK = 64
_CHUNK_CHARACTERS = 128_000
_AHEAD = 64
"""Chunks that are being analysed while others are written: some ten million characters at most."""
_LENGTH = 8
_LARGEST = 1 << 31

Read = tuple[Change, Document | None]
"""A change, and its document as it can be stored."""


class AnalystLostError(Exception):
    """The other process ended, does not answer, or runs other code."""


def prepared(changes: Iterable[Change]) -> Generator[Prepared, None, None]:
    """Yield changes with their streams, in order. Close it: it may hold a process."""
    iterator = iter(changes)
    yield from map(writing.prepare, islice(iterator, ALONE))
    if processors() > 1:
        yield from _prepared_beside(iterator)
    yield from map(writing.prepare, iterator)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _prepared_beside(changes: Iterator[Change]) -> Iterator[Prepared]:
    """Yield changes that another process analyses; where it is lost, what it did not answer is analysed here."""
    analyst: Analyst | None = None
    waiting: deque[list[Read]] = deque()
    try:
        for chunk in _chunks(changes):
            waiting.append(chunk)
            analyst = analyst or Analyst()
            analyst.send([document.variants if document else () for _change, document in chunk])
            if len(waiting) > _AHEAD:
                yield from _joined(waiting[0], analyst.receive())
                waiting.popleft()
        while analyst and waiting:
            yield from _joined(waiting[0], analyst.receive())
            waiting.popleft()
    except AnalystLostError as error:
        logger.warning("The process that analyses texts was lost (%s): this one goes on alone.", error)
        for chunk in waiting:
            yield from (Prepared(change, document, _streams(document)) for change, document in chunk)
    finally:
        if analyst:
            analyst.close()


def _joined(chunk: Sequence[Read], found: Sequence[Streams]) -> list[Prepared]:
    return [Prepared(change, document, one) for (change, document), one in zip(chunk, found, strict=True)]


def _streams(document: Document | None) -> Streams:
    return streams.analyse(document.variants) if document else streams.EMPTY


def _chunks(changes: Iterable[Change]) -> Iterator[list[Read]]:
    chunk: list[Read] = []
    characters = 0
    for change in changes:
        document = streams.cleaned(change.document) if change.document else None
        chunk.append((change, document))
        characters += sum(len(variant.body) + len(variant.speech) for variant in document.variants) if document else 0
        if len(chunk) == _CHUNK or characters > _CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


class Analyst:
    """The other process. Neither it nor this one ever waits for the other's pipe: threads carry what goes through."""

    def __init__(self) -> None:
        self._outgoing: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._incoming: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        command = [sys.executable, "-P", "-m", PROGRAM]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)  # noqa: S603
        except OSError as error:
            raise AnalystLostError(str(error)) from error
        pipes = (self._carry_out, self._process.stdin), (self._carry_in, self._process.stdout)
        self._threads = [threading.Thread(target=carry, args=(pipe,), daemon=True) for carry, pipe in pipes]
        for thread in self._threads:
            thread.start()
        try:
            self._greet()
        except AnalystLostError:
            self.close()
            raise

    def send(self, texts: Sequence[object]) -> None:
        """Ask for the streams of documents, given the variants of each."""
        self._outgoing.put(pickle.dumps(texts, pickle.HIGHEST_PROTOCOL))

    def receive(self) -> list[Streams]:
        """Return the next answer. Raises AnalystLostError."""
        found: list[Streams] = pickle.loads(self._answer())  # noqa: S301 - from a process of ours
        return found

    def close(self) -> None:
        """End the process."""
        self._outgoing.put(None)
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(SECONDS)

    def _greet(self) -> None:
        if self._answer() != greeting():
            raise AnalystLostError("it runs other code")

    def _answer(self) -> bytes:
        try:
            answer = self._incoming.get(timeout=SECONDS)
        except queue.Empty:
            raise AnalystLostError("it does not answer") from None
        if not answer:
            raise AnalystLostError("it ended")
        return answer

    def _carry_out(self, to: IO[bytes]) -> None:
        try:
            with to as pipe:
                while (frame := self._outgoing.get()) is not None:
                    write_frame(pipe, frame)
        except OSError:
            return  # it ended, as the other thread says

    def _carry_in(self, source: IO[bytes]) -> None:
        with source as pipe:
            while frame := read_frame(pipe):
                self._incoming.put(frame)
        self._incoming.put(b"")


def greeting() -> bytes:
    """Return what an analyst says first: both processes must run the same code."""
    return str(schema.USER_VERSION).encode()


def write_frame(pipe: IO[bytes], frame: bytes) -> None:
    """Write one message."""
    pipe.write(len(frame).to_bytes(_LENGTH, "little") + frame)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes:
    """Return the next message, b"" at the end."""
    length = int.from_bytes(pipe.read(_LENGTH), "little")
    frame = pipe.read(length) if length < _LARGEST else b""  # longer is not of ours
    return frame if len(frame) == length else b""
