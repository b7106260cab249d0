"""Mails that came back: reports of delivery (RFC 3464) are read, and who cannot be reached is written to no more.

A report is believed only for a digest whose token it brings back: in the address it was sent to (one for each digest), or in the
Message-ID of the mail it returns. The address that it names is no proof: anybody can write one.
"""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from pathlib import Path

from portal.participation.digests.links import digest_of
from portal.participation.domain.following import note_bounce

LARGEST = 1_000_000
"""Bytes of a message that are read: what a report returns of a mail comes after what it says."""
_PARTS = 50
_ADDRESSES = ("Delivered-To", "X-Original-To", "To")
_LASTING = ("5.1.", "5.4.", "5.0.", "5.5.")
"""RFC 3463: addresses, routes, protocol. A full mailbox (5.2) or a policy (5.7) may be another tomorrow."""


@dataclass(slots=True)
class Counts:
    """What the messages were."""

    hard: int = 0
    soft: int = 0
    ignored: int = 0


def process_maildir(path: Path) -> Counts:
    """Read the new messages of a Maildir, or of an mbox file, and mark them as seen.

    Raises OSError where it cannot be read.
    """
    counts = Counts()
    is_folder = path.is_dir()
    try:
        box: mailbox.Maildir | mailbox.mbox = (mailbox.Maildir if is_folder else mailbox.mbox)(path, create=False)
        box.lock()
    except mailbox.Error as error:
        raise OSError(f"no mailbox: {error}") from error
    try:
        for key in list(box.keys()):
            message = box[key]
            seen = "S" if is_folder else "R"
            if seen in message.get_flags():
                continue
            process(box.get_bytes(key), counts)
            message.add_flag(seen)
            if isinstance(message, mailbox.MaildirMessage):
                message.set_subdir("cur")
            box[key] = message
        box.flush()
    except mailbox.Error as error:
        raise OSError(str(error)) from error
    finally:
        box.unlock()
        box.close()
    return counts


def process(raw: bytes, counts: Counts) -> None:
    """Read one message; of one that is no report about a digest of ours only its number is kept."""
    try:
        message = message_from_bytes(raw[:LARGEST], policy=policy.compat32)
        status = _status(message)
        digest = digest_of(_traces(message)) if status else None
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):  # the parser's own, on what is no mail
        status, digest = "", None
    if digest is None:
        counts.ignored += 1
    elif status.startswith(_LASTING):
        note_bounce(digest, hard=True)
        counts.hard += 1
    else:
        note_bounce(digest, hard=False)
        counts.soft += 1


def _status(message: Message) -> str:
    """Return the status of a delivery that failed for good (RFC 3464, 2.3.4), "" where none did."""
    for part in _parts(message):
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for block in part.get_payload():
            if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
                return str(block.get("Status", "")).strip() or "5.0.0"
    return ""


def _traces(message: Message) -> str:
    """Return where the token of a digest may stand: the addresses of the report, and the Message-ID of what it returns."""
    traces = [str(value) for name in _ADDRESSES for value in message.get_all(name, [])]
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            traces += [str(one.get("Message-ID", "")) for one in part.get_payload() if isinstance(one, Message)]
        elif part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            headers = message_from_bytes(payload) if isinstance(payload, bytes) else Message()
            traces.append(str(headers.get("Message-ID", "")))
    return "\n".join(trace[:2_000] for trace in traces[:_PARTS])


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a report (RFC 6522): its own children, not those of the mail that it returns."""
    parts = message.get_payload() if message.get_content_type() == "multipart/report" else ()
    if isinstance(parts, list):
        yield from (part for part in parts[:_PARTS] if isinstance(part, Message))
