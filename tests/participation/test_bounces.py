"""Mails that came back: hard ones stop e-mail, soft ones after the third, forged ones never."""

import io
import mailbox
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from portal.participation.digests import links
from portal.participation.digests.bounces import Counts, process, process_maildir
from portal.participation.domain.following import restart_mail
from portal.participation.models import Digest
from tests.factories import UserFactory

START = datetime(2026, 1, 5, 5, tzinfo=UTC)


@pytest.fixture
def person(db):
    return UserFactory()


def digest(person, week=0):
    until = START + timedelta(days=7 * week)
    return Digest.objects.create(person=person, since=until - timedelta(days=7), until=until, sent_at=until)


def report(token="", status="5.1.1", action="failed", *, to="portal@example.org", kind="rfc822", final="someone@example.org"):
    """Return a delivery status notification as mail servers send it (RFC 3464), with the returned Message-ID."""
    returned = f"From: portal@example.org\r\nMessage-ID: <digest.{token}@example.org>\r\nSubject: x\r\n"
    part = (
        f"Content-Type: message/rfc822\r\n\r\n{returned}\r\nbody\r\n"
        if kind == "rfc822"
        else f"Content-Type: text/rfc822-headers\r\n\r\n{returned}\r\n"
    )
    return (
        f"From: MAILER-DAEMON@mx.example.net\r\nTo: {to}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        f"Final-Recipient: rfc822; {final}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--B\r\n{part}--B--\r\n"
    ).encode()


def read(*messages):
    counts = Counts()
    for message in messages:
        process(message, counts)
    return counts.hard, counts.soft, counts.ignored


def stopped(person):
    person.refresh_from_db()
    return person.mail_stopped_at is not None


@pytest.mark.parametrize("kind", ["rfc822", "headers"])
def test_a_lasting_failure_stops_e_mail(person, kind):
    token = links.bounce_token(digest(person).pk)
    assert read(report(token, kind=kind)) == (1, 0, 0)
    assert stopped(person)


def test_the_address_it_came_back_to_is_enough_in_any_case(person):
    token = links.bounce_token(digest(person).pk)
    assert read(report(to=f"Bounces+{token.upper()}@example.org")) == (1, 0, 0)
    assert stopped(person)


@pytest.mark.parametrize("status", ["4.4.7", "5.2.2", "5.7.1"])
def test_the_third_passing_failure_in_a_row_stops_e_mail(person, status):
    digests = [digest(person, week) for week in range(4)]
    token = [links.bounce_token(one.pk) for one in digests]
    assert read(report(token[0], status), report(token[2], status), report(token[2], status)) == (0, 3, 0)
    assert not stopped(person)  # the last was delivered, and one report came twice
    assert read(report(token[3], status)) == (0, 1, 0)
    assert not stopped(person)
    read(report(token[1], status))
    assert stopped(person)


def test_starting_again_forgets_what_came_back(person):
    digests = [digest(person, week) for week in range(3)]
    for one in digests:
        read(report(links.bounce_token(one.pk), "4.2.2"))
    assert stopped(person)
    restart_mail(person)
    assert not stopped(person)
    read(report(links.bounce_token(digest(person, 3).pk), "4.2.2"))
    assert not stopped(person)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_did_not_fail_changes_nothing(person, action):
    token = links.bounce_token(digest(person).pk)
    assert read(report(token, "4.0.0", action)) == (0, 0, 1)
    assert not stopped(person)


def test_nobody_stops_the_mail_of_others(person):
    one = digest(person)
    token = links.bounce_token(one.pk)
    forged = [
        report(final=person.email),
        report(f"{one.pk}.{'0' * 24}"),
        report(f"{one.pk + 1}.{token.partition('.')[2]}"),
        report(f"1{token}"),
        report(token.replace(".", "")),
        b"From: x\r\nAuto-Submitted: auto-replied\r\n\r\n" + token.encode(),
        report(token).replace(b"multipart/report", b"multipart/mixed"),
    ]
    assert read(*forged) == (0, 0, len(forged))
    assert not stopped(person)


HOSTILE = [
    b"",
    b"\x00" * 1_000,
    b"\xff\xfe" * 10_000,
    b"Content-Type: multipart/report; boundary=B\r\n\r\n" + b"--B\r\nContent-Type: message/delivery-status\r\n\r\n" * 5_000,
    b"Content-Type: multipart/report\r\n\r\n" + b"a" * 2_000_000,
    b"Content-Type: message/rfc822\r\n\r\n" * 500,
    "To: \udce9".encode("utf-8", "surrogateescape"),
    b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: text/rfc822-headers\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--B--",
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_mail_is_passed_over(db, raw):
    assert read(raw) == (0, 0, 1)


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_a_mailbox_is_read_once(person, tmp_path, kind):
    box = mailbox.Maildir(tmp_path / "box") if kind == "maildir" else mailbox.mbox(tmp_path / "box")
    box.add(report(links.bounce_token(digest(person).pk)))
    box.add(b"Subject: hello\r\n\r\nhow are you")
    box.flush()
    counts = process_maildir(tmp_path / "box")
    assert (counts.hard, counts.ignored) == (1, 1)
    assert stopped(person)
    counts = process_maildir(tmp_path / "box")
    assert (counts.hard, counts.ignored) == (0, 0)
    reopened = mailbox.Maildir(tmp_path / "box") if kind == "maildir" else mailbox.mbox(tmp_path / "box")
    assert len(reopened) == 2


def test_the_command_reads_one_message_from_stdin(person, monkeypatch, capsys):
    raw = report(links.bounce_token(digest(person).pk))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("process_bounces")
    assert capsys.readouterr().out == "hard 1, soft 0, ignored 0\n"
    assert stopped(person)


def test_a_mailbox_that_is_not_there_is_told_in_one_line(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("process_bounces", str(tmp_path / "none"))
