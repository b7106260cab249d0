"""What participants write, mend and take back, and what they find useful: the domain."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.base import clock
from portal.participation.domain.comments import EDITED_FOR, add_comment, edit_comment, take_back
from portal.participation.domain.useful import find_useful, find_useful_no_more
from portal.participation.enums import CommentKind, ModerationMode
from portal.participation.models import Comment, DiscussionSettings, Subject, Vote
from tests.factories import CommentFactory, UserFactory

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=7)


class Thing:
    """Anything with a translation key."""

    translation_key = KEY


@pytest.fixture
def root():
    return CommentFactory(page=Thing, text="الأول")


@pytest.fixture
def own(participant):
    return CommentFactory(page=Thing, author=participant, text="كان")


def mode(value, **more):
    Subject.objects.update_or_create(translation_key=KEY, defaults={"moderation": value, **more})


def late(comment, by=EDITED_FOR):
    return clock.at(comment.created_at + by)


def test_an_answer_hangs_on_what_began_the_thread(root, participant):
    answer = add_comment(KEY, "جواب", "ar", participant, reply_to=root)
    assert (answer.parent, answer.quoted) == (root, None)


def test_an_answer_to_an_answer_stays_on_the_second_level_and_says_whom_it_answers(root, participant):
    first = CommentFactory(page=Thing, parent=root)
    second = add_comment(KEY, "جواب", "ar", participant, reply_to=first)
    assert (second.parent, second.quoted) == (root, first)


def test_a_quote_is_kept_with_the_answer(root, participant):
    assert add_comment(KEY, "جواب", "ar", participant, reply_to=root, quotes=True).quoted == root


@pytest.mark.parametrize("gone", [{"hidden_at": "now"}, {"removed_at": "now"}, {"published_at": None}])
def test_what_nobody_reads_is_not_answered(root, participant, gone):
    Comment.objects.filter(pk=root.pk).update(**{name: value and clock.now() for name, value in gone.items()})
    root.refresh_from_db()
    with pytest.raises(ValidationError):
        add_comment(KEY, "جواب", "ar", participant, reply_to=root)
    assert Comment.objects.count() == 1


def test_a_comment_on_something_else_is_not_answered_here(root, participant):
    with pytest.raises(ValidationError):
        add_comment(uuid.UUID(int=8), "جواب", "ar", participant, reply_to=root)


def test_what_is_sent_again_is_kept_once(root, participant):
    first = add_comment(KEY, "نعم", "ar", participant, reply_to=root)
    assert add_comment(KEY, "نعم", "ar", participant, reply_to=root) == first
    assert add_comment(KEY, "نعم", "ar", UserFactory()) != first
    take_back(first, participant)
    assert add_comment(KEY, "نعم يا سيدي", "ar", participant, reply_to=root) != first


@pytest.mark.parametrize("kind", CommentKind.values)
def test_a_comment_is_of_a_kind(participant, kind):
    assert add_comment(KEY, "نعم", "ar", participant, CommentKind(kind)).kind == kind


def test_a_closed_discussion_takes_nothing(participant, own):
    mode(ModerationMode.CLOSED)
    for write in (lambda: add_comment(KEY, "نعم", "ar", participant), lambda: edit_comment(own, participant, "صار", "ar")):
        with pytest.raises(ValidationError):
            write()
    own.refresh_from_db()
    assert own.text == "كان"


def test_a_discussion_is_open_until_its_time(participant):
    end = clock.now() + datetime.timedelta(hours=1)
    mode("", open_until=end)
    assert add_comment(KEY, "نعم", "ar", participant).is_published
    with clock.at(end), pytest.raises(ValidationError):
        add_comment(KEY, "متأخر", "ar", participant)


def test_where_a_moderator_reads_first_a_comment_waits(participant):
    mode(ModerationMode.BEFORE)
    assert not add_comment(KEY, "نعم", "ar", participant).is_published
    assert not Comment.objects.visible()


def test_the_site_says_how_discussions_go_that_say_nothing(participant):
    DiscussionSettings.objects.update_or_create(pk=1, defaults={"moderation": ModerationMode.BEFORE})
    assert not add_comment(KEY, "نعم", "ar", participant).is_published
    mode(ModerationMode.AFTER)
    assert add_comment(KEY, "لا", "ar", participant).is_published


def test_its_author_mends_a_comment_and_what_it_said_stays(own, participant):
    with late(own, datetime.timedelta(minutes=5)):
        edit_comment(own, participant, "صار", "ar")
    with late(own, datetime.timedelta(minutes=10)):
        edit_comment(own, participant, "devenu", "fr")
    own.refresh_from_db()
    assert (own.text, own.language, own.edited_at) == ("devenu", "fr", own.created_at + datetime.timedelta(minutes=10))
    versions = [(one.text, one.written_at - own.created_at) for one in own.versions.all()]
    assert versions == [("صار", datetime.timedelta(minutes=5)), ("كان", datetime.timedelta(0))]


def test_the_same_words_are_no_change(own, participant):
    edit_comment(own, participant, "كان", "ar")
    own.refresh_from_db()
    assert own.edited_at is None
    assert not own.versions.exists()


def test_a_comment_is_mended_for_fifteen_minutes(own, participant):
    with late(own, EDITED_FOR - datetime.timedelta(seconds=1)):
        edit_comment(own, participant, "صار", "ar")
    with late(own), pytest.raises(ValidationError, match="15"):
        edit_comment(own, participant, "متأخر", "ar")
    own.refresh_from_db()
    assert own.text == "صار"


def test_nobody_else_mends_or_takes_back(own, moderator):
    for act in (lambda: edit_comment(own, moderator, "صار", "ar"), lambda: take_back(own, moderator)):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("gone", ["hidden_at", "removed_at"])
def test_what_is_hidden_or_taken_back_is_not_mended(own, participant, gone):
    Comment.objects.filter(pk=own.pk).update(**{gone: clock.now()})
    with pytest.raises(ValidationError):
        edit_comment(own, participant, "صار", "ar")


def test_where_a_moderator_reads_first_a_mended_comment_waits_again(own, participant):
    mode(ModerationMode.BEFORE)
    edit_comment(own, participant, "صار", "ar")
    own.refresh_from_db()
    assert not own.is_published


def test_what_is_taken_back_is_read_no_more_and_the_thread_stays(own, participant):
    answer = CommentFactory(page=Thing, parent=own)
    take_back(own, participant)
    moment = own.removed_at
    take_back(own, participant)
    own.refresh_from_db()
    assert own.removed_at == moment
    assert list(Comment.objects.visible()) == [answer]


def test_useful_is_said_once_and_counted(root, participant):
    for _again in range(2):
        find_useful(root, participant)
    find_useful(root, UserFactory())
    root.refresh_from_db()
    assert (root.useful_count, Vote.objects.count()) == (2, 2)
    for _again in range(2):
        find_useful_no_more(root, participant)
    root.refresh_from_db()
    assert (root.useful_count, Vote.objects.count()) == (1, 1)


def test_nobody_finds_their_own_comment_useful(own, participant):
    with pytest.raises(ValidationError):
        find_useful(own, participant)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("gone", ["hidden_at", "removed_at"])
def test_what_nobody_reads_is_not_useful(root, participant, gone):
    Comment.objects.filter(pk=root.pk).update(**{gone: clock.now()})
    with pytest.raises(ValidationError):
        find_useful(root, participant)


def test_the_count_mends_itself(root, participant):
    Comment.objects.filter(pk=root.pk).update(useful_count=40)
    find_useful(root, participant)
    root.refresh_from_db()
    assert root.useful_count == 1
