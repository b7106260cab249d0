"""What is done again and again beside the server. Each job looks itself whether anything is due, and can be begun anew."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.core.management import call_command
from django.db import close_old_connections

from portal.participation.digests.sending import send_due
from portal.participation.digests.turn import BusyError
from portal.people.retention import enforce_due

logger = logging.getLogger(__name__)

TICK_SECONDS = 300.0


def publish_due() -> None:
    """Publish what is scheduled and withdraw what has expired (Wagtail's own command)."""
    call_command("publish_scheduled", verbosity=0)


JOBS: tuple[Callable[[], object], ...] = (publish_due, send_due, enforce_due)


def start() -> None:
    """Run the jobs every five minutes, in a thread that ends with the process."""
    threading.Thread(target=_keep_running, name="periodic", daemon=True).start()


def _keep_running() -> None:
    never = threading.Event()
    while not never.wait(TICK_SECONDS):
        run_once()


def run_once() -> None:
    """Run each job once. Never raises: what fails is logged, and tried again at the next tick."""
    for job in JOBS:
        try:
            job()
        except BusyError:
            logger.info("Digests are being sent by another process")
        except OSError as error:
            logger.error("Digests wait for the mail server: %s", error)
        except Exception:
            logger.exception("A periodic job failed")
        finally:
            close_old_connections()
