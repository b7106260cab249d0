"""Letters, through a mail server of this machine: what arrives, in which language, and what never leaves."""

import email
import smtplib
from email import policy

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import BadHeaderError
from django.utils import translation

from portal.people import mail
from portal.people.domain.memberships import ask_membership, decline_membership, verify_membership
from portal.people.enums import MembershipRole
from tests.factories import PASSWORD, OrganisationFactory, UserFactory
from tests.operations.serving import free_port

pytestmark = pytest.mark.django_db
TEMPLATE = "people/mail/membership"
CONTEXT = {"organisation": "جمعية <b>الواحة</b> & Cie", "role": "رئيسة", "verified": True, "url": "https://portal.example/ar/"}


class Mailbox:
    """Keeps what a mail server is given."""

    def __init__(self):
        self.letters = []
        self.recipients = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


@pytest.fixture(scope="module")
def server():
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller, mailbox
    controller.stop()


@pytest.fixture
def mailbox(server, settings):
    controller, mailbox = server
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    mailbox.letters.clear()
    mailbox.recipients.clear()
    return mailbox


def parts(letter):
    return [letter.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_a_letter_arrives_as_text_and_as_html_with_an_arabic_subject(mailbox):
    person = UserFactory(display_name="عائشة", language="ar")
    mail.send(person, TEMPLATE, CONTEXT)
    [letter] = mailbox.letters
    text, html = parts(letter)
    assert letter["Subject"].startswith("تم التحقق من صفت") or "verified" in letter["Subject"]
    assert mailbox.recipients == [[person.email]]
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert "جمعية <b>الواحة</b> & Cie" in text
    assert "&lt;b&gt;الواحة&lt;/b&gt; &amp; Cie" in html
    assert '<html lang="ar" dir="rtl">' in html
    assert '<a href="https://portal.example/ar/"' in html
    assert "عائشة" in text


def test_no_letter_fetches_anything(mailbox):
    mail.send(UserFactory(), TEMPLATE, CONTEXT)
    _text, html = parts(mailbox.letters[0])
    assert not [mark for mark in ("<img", "<script", "<link", "url(", "@import") if mark in html]


@pytest.mark.parametrize(("language", "active", "expected"), [("fr", "ar", "fr"), ("ar", "fr", "ar"), ("en", "ar", "en")])
def test_a_letter_is_in_the_language_of_who_reads_it(mailbox, language, active, expected):
    with translation.override(active):
        mail.send(UserFactory(language=language), TEMPLATE, CONTEXT)
        assert translation.get_language() == active
    assert mailbox.letters[0]["Content-Language"] == expected


def test_an_address_alone_is_written_to_in_the_active_language(mailbox):
    with translation.override("fr"):
        mail.send("somebody@example.org", TEMPLATE, CONTEXT)
    assert mailbox.letters[0]["Content-Language"] == "fr"


def test_no_machine_answers_a_letter_and_the_sender_adds_marks_of_its_own(mailbox):
    mail.send(UserFactory(), TEMPLATE, CONTEXT, headers={"List-Unsubscribe": "<https://portal.example/stop/>"})
    letter = mailbox.letters[0]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] == "<https://portal.example/stop/>"


@pytest.mark.parametrize("forged", ["x\nBcc: all@example.org", "x\r\nBcc: all@example.org"])
def test_a_header_with_a_line_end_is_refused(mailbox, forged):
    with pytest.raises(BadHeaderError):
        mail.send(UserFactory(), TEMPLATE, CONTEXT, headers={"List-Id": forged})
    with pytest.raises((BadHeaderError, ValueError, smtplib.SMTPException)):
        mail.send(f"a@example.org{forged}", TEMPLATE, CONTEXT)
    assert not mailbox.letters


def test_words_with_line_ends_never_become_headers(mailbox):
    mail.send(UserFactory(display_name="A\nBcc: all@example.org"), TEMPLATE, {**CONTEXT, "organisation": "x\nBcc: b@example.org"})
    [letter] = mailbox.letters
    assert letter["Bcc"] is None
    assert len(mailbox.recipients[0]) == 1


def test_a_server_that_does_not_answer_is_an_os_error(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with pytest.raises(OSError, match="refused"):
        mail.send(UserFactory(), TEMPLATE, CONTEXT)


def test_the_answer_to_a_membership_is_told_by_mail(mailbox, facilitator, committed):
    person = UserFactory(language="fr")
    membership = ask_membership(person, OrganisationFactory(name_fr="Association de l’Oasis"), MembershipRole.PRESIDENT)
    with committed():
        verify_membership(membership, facilitator)
        verify_membership(membership, facilitator)
    with committed():
        decline_membership(membership, facilitator, "Pas dans le registre")
    verified, declined = mailbox.letters
    assert "Association de l’Oasis" in parts(verified)[0]
    assert "/fr/account/organisations/" in parts(verified)[0]
    assert "Pas dans le registre" in parts(declined)[0]


def test_a_sign_up_gets_its_code_through_the_server(mailbox, portal_site, client):
    words = {"display_name": "عائشة", "email": "aicha@example.org", "password1": PASSWORD}
    client.post("/ar/account/signup/", words)
    [letter] = mailbox.letters
    assert mailbox.recipients == [["aicha@example.org"]]
    assert letter["Content-Language"] == "ar"
    assert "http://testserver/ar/account/confirm-email/?code=" in parts(letter)[0]
