"""Handing mails to the mail server over one connection, which is opened anew where it was lost."""

from __future__ import annotations

import contextlib
import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)

_HARD = 500


class Posted(Enum):
    """What became of a mail."""

    SENT = "sent"
    REFUSED = "refused"
    """The server says for good that this address takes none."""
    FAILED = "failed"
    """Not now: to be tried again."""


class Post:
    """A connection to the mail server."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def send(self, mail: EmailMessage) -> Posted:
        """Send a mail. Raises OSError (of which smtplib's errors are) where there is no server to talk to, asked twice."""
        try:
            return self._once(mail)
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, ConnectionError, TimeoutError):
            self.close()
            return self._once(mail)

    def _once(self, mail: EmailMessage) -> Posted:
        self._connection.open()
        try:
            return Posted.SENT if self._connection.send_messages([mail]) else Posted.FAILED
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = [code for code, _words in refusal.recipients.values()]
            return Posted.REFUSED if codes and min(codes) >= _HARD else Posted.FAILED
        except smtplib.SMTPResponseException as error:
            logger.warning("A digest was not taken: %s", error.smtp_code)
            if error.smtp_code == 421:  # RFC 5321, 3.8: the server closes the connection
                raise smtplib.SMTPServerDisconnected from error
            return Posted.FAILED
        except ValueError:  # an address, or a header, that no mail can have
            logger.exception("A digest could not be written")
            return Posted.FAILED

    def close(self) -> None:
        """Take leave of the server, if it still listens."""
        with contextlib.suppress(OSError):
            self._connection.close()


@contextmanager
def post() -> Iterator[Post]:
    """Open the connection when the first mail is sent, and close it at the end."""
    one = Post()
    try:
        yield one
    finally:
        one.close()
