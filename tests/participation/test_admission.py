"""Who may write what, where and how fast."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.base import clock
from portal.participation.domain.admission import admit
from portal.participation.domain.bans import ban
from portal.participation.domain.comments import add_comment
from portal.participation.domain.opening import opening_of, set_mode
from portal.participation.enums import ModerationAct, ModerationMode
from portal.participation.likeness import alike, core_of, links_in
from portal.participation.models import Comment, DiscussionSettings, ModerationAction, Subject
from tests.factories import CommentFactory, ModerationReasonFactory, PracticePageFactory, UserFactory

LONG = "نحتاج في دوارنا إلى طريق معبد وإلى ماء صالح للشرب قبل حلول الشتاء"


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")


@pytest.fixture
def subject(page):
    return Subject.of(page.translation_key)


@pytest.fixture
def old_hand(db):
    return UserFactory(date_joined=timezone.now() - datetime.timedelta(days=30))


def site_mode(mode):
    DiscussionSettings.objects.update(moderation=mode)


def write(person, page, text):
    return add_comment(page.translation_key, text, "ar", person)


def code_of(person, subject, text):
    with pytest.raises(ValidationError) as error:
        admit(person, subject, text)
    return error.value.code


@pytest.mark.parametrize(
    ("site", "own", "published"),
    [
        ("after", "", True),
        ("before", "", False),
        ("before", "after", True),
        ("after", "before", False),
        ("closed", "after", True),
    ],
)
def test_the_page_says_how_it_is_moderated_else_the_site(participant, subject, site, own, published):
    site_mode(site)
    Subject.objects.filter(pk=subject.pk).update(moderation=own)
    assert admit(participant, subject, "رأي").published_now is published


@pytest.mark.parametrize(("site", "own"), [("closed", ""), ("after", "closed")])
def test_nobody_writes_where_it_is_closed(participant, subject, site, own):
    site_mode(site)
    Subject.objects.filter(pk=subject.pk).update(moderation=own)
    assert code_of(participant, subject, "رأي") == "closed"


def test_a_discussion_is_open_until_its_end(participant, subject):
    end = timezone.now() + datetime.timedelta(days=1)
    Subject.objects.filter(pk=subject.pk).update(open_until=end)
    assert admit(participant, subject, "رأي").published_now
    with clock.at(end):
        assert code_of(participant, subject, "رأي") == "closed"


def test_how_a_discussion_stands_is_asked_once_and_nothing_is_written(subject, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert opening_of(subject.translation_key).mode == ModerationMode.AFTER


def test_a_site_without_settings_moderates_after(page):
    DiscussionSettings.objects.all().delete()
    assert opening_of(page.translation_key).mode == ModerationMode.AFTER
    Subject.objects.create(translation_key=page.translation_key, moderation="closed")
    assert opening_of(page.translation_key).closed
    assert not DiscussionSettings.objects.exists()


def test_who_opens_and_closes_is_logged(facilitator, subject):
    set_mode(subject.translation_key, facilitator, "closed", None)
    logged = ModerationAction.objects.get()
    assert (logged.act, logged.actor_key, logged.target_id, logged.note) == (
        ModerationAct.MODE,
        facilitator.key,
        subject.pk,
        "closed",
    )


def test_five_comments_in_a_minute_and_no_more(participant, page, subject):
    for number in range(5):
        write(participant, page, f"{LONG[: number + 3]} {number}")
    assert code_of(participant, subject, "السادس") == "haste"
    with clock.at(timezone.now() + datetime.timedelta(minutes=2)):
        assert admit(participant, subject, "السادس").published_now


def test_five_hundred_comments_in_a_minute_leave_five(participant, page):
    refused = 0
    for number in range(500):
        try:
            write(participant, page, f"{number} " + "كلمة " * (number % 7))
        except ValidationError:
            refused += 1
    assert (Comment.objects.count(), refused) == (5, 495)


@pytest.mark.parametrize(("new", "stopped"), [(True, True), (False, False)])
def test_a_new_account_writes_thirty_comments_in_an_hour(page, subject, old_hand, new, stopped):
    person = UserFactory() if new else old_hand
    CommentFactory.create_batch(30, page=page, author=person)
    Comment.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=30))
    if stopped:
        assert code_of(person, subject, "رأي") == "haste"
    else:
        assert admit(person, subject, "رأي").published_now


def test_taking_back_does_not_help_to_write_faster(participant, page, subject):
    CommentFactory.create_batch(5, page=page, author=participant, removed_at=timezone.now())
    assert code_of(participant, subject, "رأي") == "haste"


@pytest.mark.parametrize(
    "again",
    [
        LONG,
        LONG + "!!!",
        LONG.replace("ا", "اــ"),
        "نَحْتَاجُ في دُوّارنا إلى طريق معبد وإلى ماء صالح للشرب قبل حلول الشتاء",
        LONG.replace("الشتاء", "الصيف") + " 😀",
        LONG.replace(" ", "  "),
    ],
)
def test_the_same_text_again_is_refused_on_any_page(participant, portal_site, page, again):
    write(participant, page, LONG)
    other = PracticePageFactory(parent=portal_site.libraries["ar"])
    assert code_of(participant, Subject.of(other.translation_key), again) == "again"


def test_thanks_may_be_said_on_two_pages_and_once_on_each(participant, portal_site, page, subject):
    write(participant, page, "شكرا لكم")
    other = PracticePageFactory(parent=portal_site.libraries["ar"])
    assert admit(participant, Subject.of(other.translation_key), "شكرا لكم").published_now
    assert code_of(participant, subject, "شكرا لكم!") == "again"


@pytest.mark.parametrize(("one", "other"), [("👍", "🌧"), ("1", "2"), (LONG, "رأي آخر في مسألة أخرى بعيدة كل البعد عن الأولى")])
def test_what_is_different_is_not_the_same(participant, page, subject, one, other):
    write(participant, page, one)
    assert admit(participant, subject, other).published_now


def test_what_was_said_yesterday_may_be_said_again(participant, page, subject):
    write(participant, page, LONG)
    Comment.objects.update(created_at=timezone.now() - datetime.timedelta(days=1, minutes=1))
    assert admit(participant, subject, LONG).published_now


def test_editing_is_not_counted_and_may_say_the_same(participant, page, subject):
    comments = [write(participant, page, text) for text in (LONG, "ب", "ج", "د", "ه")]
    assert admit(participant, subject, LONG + " الطويل", editing=comments[0]).published_now
    with pytest.raises(ValidationError):
        admit(participant, subject, "ب", editing=comments[0])


def test_a_swarm_that_repeats_one_text_waits_for_a_moderator(page, subject, old_hand):
    write(UserFactory(), page, LONG)
    assert not admit(UserFactory(), subject, LONG).published_now
    assert admit(old_hand, subject, LONG).published_now


FOUR = "انظروا https://a.example/1 و http://www.b.example/ و www.c.example/x و d.com/y"


def test_many_links_of_a_new_account_wait(participant, subject, old_hand):
    assert links_in(FOUR) == 4
    assert not admit(participant, subject, FOUR).published_now
    assert admit(old_hand, subject, FOUR).published_now
    assert admit(participant, subject, "https://a.example/1 b.ma c.org/x").published_now


def test_a_flood_of_links_is_refused_from_everybody(old_hand, subject):
    assert code_of(old_hand, subject, "hxxp://x.example/ " * 11) == "links"


@pytest.mark.parametrize("words", ["الساعة 10.30", "المادة 3.com بلا", "م.ع.ج", "e.g. this", "خ.ت", "https", "1.5 km"])
def test_few_things_look_like_links(words):
    assert links_in(words) <= 1


def test_moderators_wait_for_nobody(moderator, subject):
    site_mode("before")
    assert admit(moderator, subject, FOUR).published_now


def test_who_is_banned_is_told_why_and_until_when(participant, moderator, subject):
    until = timezone.make_aware(datetime.datetime(2040, 5, 1, 12))
    ban(participant, moderator, ModerationReasonFactory(message_ar="سب متكرر."), until)
    with pytest.raises(ValidationError) as error:
        admit(participant, subject, "رأي")
    assert "سب متكرر." in error.value.messages[0]
    assert "2040" in error.value.messages[0]
    with clock.at(until):
        assert admit(participant, subject, "رأي").published_now


@pytest.mark.parametrize(
    "text", ["\u202eabc\u202c" * 50, "e\u0301\u0302\u0303" * 400, "ن" * 4000, "=1+1", "<script>", "\U0001f600" * 900]
)
def test_strange_texts_are_judged_and_never_break(participant, subject, text):
    assert admit(participant, subject, text).published_now


def test_likeness_is_of_letters():
    assert core_of("École, ÉCOLE!") == "ecolecole"
    assert not alike(core_of("abcd"), core_of("abc"))


def test_judging_costs_the_same_whatever_was_said_before(old_hand, page, subject, django_assert_max_num_queries):
    CommentFactory.create_batch(80, page=page, author=old_hand)
    Comment.objects.update(created_at=timezone.now() - datetime.timedelta(hours=2))
    with django_assert_max_num_queries(11):
        admit(old_hand, subject, LONG)
