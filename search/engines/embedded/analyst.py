"""The program that `analysing` begins beside a rebuild: reads texts, answers their streams, ends when its input does."""

import gc
import os
import pickle
import signal
import sys

from search.engines.embedded import streams
from search.engines.embedded.analysing import greeting, read_frame, write_frame


def main() -> None:
    """Answer until there is nothing more to read or nobody who listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # typed for the process that began this one: it decides
    gc.disable()  # among millions of words there are no cycles to look for
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library may print is no answer
        try:
            write_frame(answers, greeting())
            while frame := read_frame(sys.stdin.buffer):
                texts = pickle.loads(frame)  # noqa: S301 - from the process that began this one
                found = [streams.analyse(variants) for variants in texts]
                write_frame(answers, pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
        except BrokenPipeError:
            os._exit(0)  # nobody listens


if __name__ == "__main__":
    main()
