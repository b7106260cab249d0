"""A digest as a real mail server takes it."""

import datetime
import email
from email import policy

import pytest
from aiosmtpd.controller import Controller

from portal.base import clock
from portal.participation.digests.bounces import Counts, process
from portal.participation.digests.sending import send_digests
from portal.participation.models import Digest
from portal.people.enums import DigestFrequency
from tests.factories import FollowFactory, PracticePageFactory
from tests.operations.serving import free_port

SATURDAY = datetime.datetime(2026, 1, 10, 12, tzinfo=datetime.UTC)
MONDAY = datetime.datetime(2026, 1, 12, 12, tzinfo=datetime.UTC)


class Mailbox:
    """Keeps what it is sent; refuses an address, or closes the connection after a mail."""

    def __init__(self):
        self.mails = []
        self.refused = ""
        self.close_after = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address == self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.close_after and self.mails:
            self.close_after = False
            return "421 4.3.2 closing"
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 taken"


@pytest.fixture
def server(settings, tmp_path):
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.VAR_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    yield mailbox
    controller.stop()


@pytest.fixture
def followers(portal_site):
    with clock.at(SATURDAY):
        PracticePageFactory(parent=portal_site.libraries["ar"], title="نقل مدرسي")
    return [FollowFactory(kind="theme", key="school-transport").person for _ in range(3)]


def test_the_mail_is_text_and_html_in_arabic_with_its_headers(server, followers):
    assert send_digests(DigestFrequency.WEEKLY, MONDAY).sent == 3
    sender, (to,), content = server.mails[0]
    message = email.message_from_bytes(content, policy=policy.default)
    assert to == followers[0].email
    assert message["To"] == to
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    for part in message.iter_parts():
        assert part.get_content_charset() == "utf-8"
        assert "نقل مدرسي" in part.get_content()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip().startswith("<http://localhost:8000/ar/participation/digests/stop/")
    assert sender.startswith("bounces+")
    assert sender.partition("+")[2].partition("@")[0] in message["Message-ID"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert "http://" not in message.get_body(["html"]).get_content().replace("http://localhost:8000", "")


def test_an_address_without_a_mailbox_stops_and_the_others_get_theirs(server, followers):
    server.refused = followers[1].email
    tally = send_digests(DigestFrequency.WEEKLY, MONDAY)
    assert (tally.sent, tally.refused) == (2, 1)
    followers[1].refresh_from_db()
    assert followers[1].mail_stopped_at


def test_a_server_that_closes_the_connection_is_asked_again(server, followers):
    server.close_after = True
    assert send_digests(DigestFrequency.WEEKLY, MONDAY).sent == 3
    assert len(server.mails) == 3


def test_what_a_server_returns_is_known_again(server, followers):
    send_digests(DigestFrequency.WEEKLY, MONDAY)
    sender, _to, content = server.mails[0]
    returned = (
        f"To: {sender}\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        "Final-Recipient: rfc822; a@b\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n"
    ).encode() + content
    counts = Counts()
    process(returned + b"\r\n--B--\r\n", counts)
    assert counts.hard == 1
    assert Digest.objects.exclude(bounced_at=None).get().person == followers[0]
