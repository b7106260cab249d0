"""Digests: who gets one, of what, once, in their language; also when sending was cut off."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import translation
from wagtail.models import Page

from portal.base import clock
from portal.participation.digests import posting
from portal.participation.digests.composing import MOST, shares
from portal.participation.digests.periods import last_end
from portal.participation.digests.sending import send_digests
from portal.participation.digests.turn import BusyError, turn
from portal.participation.models import Digest, DigestRun, Follow
from portal.people.enums import DigestFrequency
from search.domain import rebuild
from tests.factories import CommentFactory, FollowFactory, PracticePageFactory, ThemeFactory, UserFactory

UTC = datetime.UTC
SATURDAY = datetime.datetime(2026, 1, 10, 12, tzinfo=UTC)
MONDAY = datetime.datetime(2026, 1, 12, 12, tzinfo=UTC)
WEEKLY, DAILY = DigestFrequency.WEEKLY, DigestFrequency.DAILY


@pytest.fixture(autouse=True)
def _var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def practice(portal_site):
    with clock.at(SATURDAY):
        return PracticePageFactory(parent=portal_site.libraries["ar"], title="نقل مدرسي في الجبل", illustrative=True)


@pytest.fixture
def follower(practice):
    return FollowFactory(kind="theme", key="school-transport").person


class Lost(EmailBackend):
    """A mail server that is lost after some mails (`left`), or refuses an address."""

    left = 10**9
    refused: tuple[str, ...] = ()
    code = 550

    def send_messages(self, messages):
        for message in messages:
            if message.to[0] in self.refused:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (self.code, b"no")})
        if Lost.left <= 0:
            raise smtplib.SMTPServerDisconnected("gone")
        Lost.left -= 1
        return super().send_messages(messages)


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(posting, "get_connection", Lost)
    monkeypatch.setattr(Lost, "left", 10**9)
    monkeypatch.setattr(Lost, "refused", ())
    monkeypatch.setattr(Lost, "code", 550)
    return Lost


@pytest.mark.parametrize(
    ("frequency", "now", "end"),
    [
        (DAILY, "2026-01-12T04:59:59", "2026-01-11T05:00"),  # Casablanca is UTC+1
        (DAILY, "2026-01-12T05:00:00", "2026-01-12T05:00"),
        (WEEKLY, "2026-01-12T04:59:59", "2026-01-05T05:00"),
        (WEEKLY, "2026-01-12T05:00:00", "2026-01-12T05:00"),
        (WEEKLY, "2026-01-18T23:59:59", "2026-01-12T05:00"),
        (DAILY, "2026-03-01T12:00:00", "2026-03-01T06:00"),  # in Ramadan it is UTC
    ],
)
def test_a_digest_ends_by_the_clock_not_when_it_is_sent(frequency, now, end):
    moments = [datetime.datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (now, end)]
    assert last_end(frequency, moments[0]) == moments[1]


def test_a_follower_gets_one_mail_and_running_again_sends_none(follower, practice):
    assert send_digests(WEEKLY, MONDAY).sent == 1
    message = mail.outbox[0]
    assert message.to == [follower.email]
    html = message.alternatives[0][0]
    for text in (message.body, html):
        assert "نقل مدرسي في الجبل" in text
        assert "10 يناير 2026" in text
        assert practice.get_url() in text
    assert 'lang="ar" dir="rtl"' in html
    again = send_digests(WEEKLY, MONDAY)
    assert (again.sent, again.was_finished) == (0, True)
    DigestRun.objects.all().delete()
    assert send_digests(WEEKLY, MONDAY).sent == 0
    assert len(mail.outbox) == 1
    assert send_digests(WEEKLY, MONDAY + datetime.timedelta(days=7)).sent == 0  # nothing new: no mail


def test_titles_are_in_the_readers_language_where_there_is_one(follower, practice, portal_site):
    with clock.at(SATURDAY):
        PracticePageFactory(
            parent=portal_site.libraries["fr"], translation_of=practice, title="Transport à la montagne", illustrative=True
        )
    follower.language = "fr"
    follower.save()
    english = FollowFactory(kind="theme", key="school-transport", person__language="en").person
    send_digests(WEEKLY, MONDAY)
    bodies = {message.to[0]: message for message in mail.outbox}
    assert "Transport à la montagne" in bodies[follower.email].body
    assert "نقل" not in bodies[follower.email].body
    assert "/fr/practices/" in bodies[follower.email].body
    assert "illustrative example" in bodies[english.email].body
    assert bodies[english.email].subject == "What is new this week in what you follow"
    assert 'lang="fr"' in bodies[english.email].alternatives[0][0]  # the nearest to English there is


def test_what_is_followed_twice_is_told_once_under_the_nearest(follower, practice):
    FollowFactory(person=follower, kind="territory", key=practice.territory.region.code)
    FollowFactory(person=follower, kind="practice", key=str(practice.translation_key))
    send_digests(WEEKLY, MONDAY)
    assert mail.outbox[0].body.count("نقل مدرسي في الجبل") == 2  # the heading, and the one line
    assert Digest.objects.get().count == 1


def test_comments_of_a_discussion_are_one_line_without_ones_own(follower, practice):
    FollowFactory(person=follower, kind="discussion", key=str(practice.translation_key))
    Follow.objects.filter(kind="theme").delete()
    for number in range(3):
        CommentFactory(page=practice, published_at=SATURDAY + datetime.timedelta(hours=number))
    CommentFactory(page=practice, published_at=SATURDAY, author=follower)
    CommentFactory(page=practice, published_at=None)
    CommentFactory(page=practice, published_at=SATURDAY, hidden_at=SATURDAY)
    with translation.override("en"):
        follower.language = "en"
        follower.save()
        send_digests(WEEKLY, MONDAY)
    assert "3 new comments" in mail.outbox[0].body
    assert mail.outbox[0].body.count("#comment-") == 1


def test_nothing_from_before_it_was_followed_nor_after_the_end_is_told(practice):
    FollowFactory(kind="theme", key="school-transport", created_at=SATURDAY + datetime.timedelta(minutes=1))
    assert send_digests(WEEKLY, MONDAY).sent == 0
    FollowFactory(kind="theme", key="school-transport")
    assert send_digests(WEEKLY, SATURDAY).sent == 0
    assert send_digests(DAILY, MONDAY).sent == 0


@pytest.mark.parametrize(
    "change", [{"digest": "never"}, {"digest": "daily"}, {"mail_stopped_at": SATURDAY}, {"is_active": False}]
)
def test_who_wants_none_or_cannot_be_reached_gets_none(follower, change):
    type(follower).objects.filter(pk=follower.pk).update(**change)
    assert send_digests(WEEKLY, MONDAY).people == 0
    assert not mail.outbox


def test_a_digest_looks_back_to_the_last_one_when_a_run_was_missed(follower, practice):
    long_ago = datetime.datetime(2025, 12, 29, 5, tzinfo=UTC)
    Digest.objects.create(person=follower, since=long_ago, until=long_ago, sent_at=long_ago)
    assert send_digests(WEEKLY, MONDAY + datetime.timedelta(days=7)).sent == 1


def test_what_was_withdrawn_is_not_told(follower, practice):
    practice.unpublish()
    assert send_digests(WEEKLY, MONDAY).sent == 0


def test_a_run_that_was_cut_off_goes_on_and_doubles_nothing(follower, practice, server):
    people = [FollowFactory(kind="theme", key="school-transport").person for _ in range(4)]
    server.left = 2
    with pytest.raises(OSError, match="gone"):
        send_digests(WEEKLY, MONDAY)
    assert Digest.objects.filter(sent_at=None).count() == 3
    assert DigestRun.objects.get().finished_at is None
    server.left = 10**9
    assert send_digests(WEEKLY, MONDAY).sent == 3
    assert sorted(message.to[0] for message in mail.outbox) == sorted(one.email for one in [follower, *people])
    assert DigestRun.objects.get().finished_at


def test_a_kill_between_the_server_and_the_note_sends_the_same_message_again(follower, practice, monkeypatch):
    class KilledError(BaseException):
        """What no `except Exception` sees."""

    def send_and_die(self, message):
        message.send()
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(posting.Post, "send", send_and_die)
        with pytest.raises(KilledError):
            send_digests(WEEKLY, MONDAY)
    assert send_digests(WEEKLY, MONDAY).sent == 1
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_an_address_that_is_refused_for_good_is_written_to_no_more(follower, practice, server):
    other = FollowFactory(kind="theme", key="school-transport").person
    server.refused = (follower.email,)
    tally = send_digests(WEEKLY, MONDAY)
    assert (tally.sent, tally.refused, tally.failed) == (1, 1, 0)
    follower.refresh_from_db()
    assert follower.mail_stopped_at
    assert [message.to for message in mail.outbox] == [[other.email]]


def test_an_address_that_is_refused_for_now_is_tried_again(follower, practice, server):
    server.refused, server.code = (follower.email,), 450
    with pytest.raises(CommandError, match="1 could not be sent"):
        call_command("send_digests", frequency=["weekly"], now=MONDAY)
    server.refused = ()
    assert send_digests(WEEKLY, MONDAY).sent == 1


def test_a_lost_connection_is_opened_anew(follower, practice, server, monkeypatch):
    first = iter([smtplib.SMTPServerDisconnected("idle")])
    usual = server.send_messages

    def send(self, messages):
        if error := next(first, None):
            raise error
        return usual(self, messages)

    monkeypatch.setattr(server, "send_messages", send)
    assert send_digests(WEEKLY, MONDAY).sent == 1


def test_two_runs_do_not_double(follower, practice):
    with turn(), pytest.raises(BusyError):
        send_digests(WEEKLY, MONDAY)
    with turn(), pytest.raises(CommandError) as told:
        call_command("send_digests", now=MONDAY)
    assert told.value.returncode == 2
    assert not mail.outbox


def test_a_dry_run_sends_and_writes_nothing(follower, practice, capsys):
    call_command("send_digests", now=MONDAY, dry_run=True)
    assert "dry run: weekly: sent 1 to 1 people" in capsys.readouterr().out
    assert not mail.outbox
    assert not Digest.objects.exists()
    assert not DigestRun.objects.exists()


@pytest.mark.parametrize("moment", ["yesterday", "", "2020-13-40", "2020-11-23T99:00"])
def test_a_moment_that_is_none_is_refused(db, moment):
    with pytest.raises(CommandError, match="moment"):
        call_command("send_digests", "--now", moment)


def test_a_digest_has_so_many_lines_and_counts_the_rest(practice, portal_site):
    reader = FollowFactory(kind="theme", key="school-transport", person__language="en").person
    quiet = ThemeFactory(slug="quiet")
    with clock.at(SATURDAY - datetime.timedelta(days=1)):
        PracticePageFactory(parent=portal_site.libraries["ar"], themes=[quiet], title="من موضوع هادئ")
    FollowFactory(person=reader, kind="theme", key="quiet")
    with clock.at(SATURDAY):
        for _ in range(MOST + 2):
            PracticePageFactory(parent=portal_site.libraries["ar"], territory=practice.territory)
    send_digests(WEEKLY, MONDAY)
    body = mail.outbox[0].body
    assert body.count("\n- ") == MOST
    assert "and 4 more" in body
    assert "من موضوع هادئ" in body  # the large theme does not push it out


def test_places_are_shared_out_in_turn():
    assert shares([50, 1, 3], 10) == [6, 1, 3]
    assert shares([1, 1], 10) == [1, 1]
    assert shares([5, 5, 5], 2) == [1, 1, 0]
    assert shares([], 5) == []


@pytest.mark.parametrize("number", [2, 12])
def test_the_questions_do_not_grow_with_people_or_news(practice, portal_site, number, django_assert_max_num_queries):
    with clock.at(SATURDAY):
        for _ in range(number):
            page = PracticePageFactory(parent=portal_site.libraries["ar"], territory=practice.territory)
            CommentFactory(page=page, published_at=SATURDAY)
            FollowFactory(kind="theme", key="school-transport")
            FollowFactory(kind="discussion", key=str(page.translation_key))
            FollowFactory(kind="territory", key=practice.territory.code)
    with django_assert_max_num_queries(62):
        assert send_digests(WEEKLY, MONDAY, dry_run=True).sent == 3 * number


def test_a_saved_search_tells_what_was_published_since(portal_site, committed):
    reader = FollowFactory(kind="search", key="lang=ar&q=%D8%A7%D9%84%D8%AC%D8%A8%D9%84").person
    FollowFactory(kind="search", key="lang=ar&q=%D8%A7%D9%84%D8%A8%D8%AD%D8%B1")
    with committed():
        for title, moment in (("نقل الجبل", SATURDAY), ("قديم من الجبل", SATURDAY - datetime.timedelta(days=40))):
            page = PracticePageFactory(parent=portal_site.libraries["ar"], title=title)
            Page.objects.filter(pk=page.pk).update(first_published_at=moment)
    rebuild()
    assert send_digests(WEEKLY, MONDAY).sent == 1
    assert mail.outbox[0].to == [reader.email]
    assert "نقل الجبل" in mail.outbox[0].body
    assert "قديم" not in mail.outbox[0].body


def test_a_name_with_line_breaks_breaks_no_header(follower, practice):
    type(follower).objects.filter(pk=follower.pk).update(display_name="a\r\nBcc: x@example.org")
    send_digests(WEEKLY, MONDAY)
    assert mail.outbox[0].message()["Bcc"] is None
    assert UserFactory().digest == WEEKLY
