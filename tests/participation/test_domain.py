"""Every write of a participant or a moderator."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.base import clock
from portal.participation.domain.comments import add_comment
from portal.participation.domain.moderation import hide, restore
from portal.participation.domain.tags import TAGS_PER_SUBJECT, add_tags
from portal.participation.models import Comment, Subject, Tag, Tagging
from search.models import OutboxEntry
from tests.factories import CommentFactory, PracticePageFactory, TaggingFactory, UserFactory

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=7)


class Thing:
    """Anything with a translation key."""

    translation_key = KEY


def tags_of(key):
    return set(Tagging.objects.filter(content_object__translation_key=key).values_list("tag__name", flat=True))


def test_a_tag_keeps_who_gave_it_and_when(participant):
    tagging = add_tags(KEY, ["ماء"], participant)[0]
    assert (tagging.tagged_by, tagging.tag.name) == (participant, "ماء")
    assert abs(tagging.tagged_at - clock.now()) < datetime.timedelta(minutes=1)


def test_a_tag_given_twice_stays_with_who_gave_it_first(participant):
    add_tags(KEY, ["ماء"], participant)
    assert add_tags(KEY, ["ماء"], UserFactory()) == []
    assert Tagging.objects.get().tagged_by == participant


def test_a_tag_of_another_case_is_the_same_tag(participant):
    add_tags(KEY, ["Eau"], participant)
    add_tags(uuid.UUID(int=8), ["eau"], participant)
    assert Tag.objects.get().taggings.count() == 2


def test_a_tag_of_another_case_is_given_once_to_a_subject(participant):
    add_tags(KEY, ["Eau", "EAU"], participant)
    add_tags(KEY, ["eau"], participant)
    assert Tagging.objects.count() == 1


def test_arabic_and_french_tags_have_each_their_own_address(participant):
    add_tags(KEY, ["ماء", "طريق", "école", "ecole"], participant)
    assert set(Tag.objects.values_list("slug", flat=True)) == {"ماء", "طريق", "école"}


def test_a_subject_does_not_bear_too_many_tags(participant):
    add_tags(KEY, [f"t{number}" for number in range(TAGS_PER_SUBJECT)], participant)
    with pytest.raises(ValidationError):
        add_tags(KEY, ["one more"], participant)
    assert len(tags_of(KEY)) == TAGS_PER_SUBJECT


def test_tags_borne_already_do_not_count_twice(participant):
    add_tags(KEY, [f"t{number}" for number in range(TAGS_PER_SUBJECT)], participant)
    assert add_tags(KEY, ["t1", "t2"], participant) == []


def test_new_tags_are_noted_for_search(participant):
    OutboxEntry.objects.all().delete()
    add_tags(KEY, ["ماء"], participant)
    assert list(OutboxEntry.objects.values_list("key", flat=True)) == [str(KEY)]


def test_a_comment_keeps_its_author_and_language(participant):
    add_comment(KEY, "نعم", "ar", participant)
    comment = Comment.objects.get()
    assert (comment.text, comment.language, comment.author) == ("نعم", "ar", participant)
    assert comment.subject.translation_key == KEY


def test_a_page_has_one_subject():
    assert Subject.of(KEY) == Subject.of(KEY)


def test_translations_share_comments_and_tags(portal_site, participant):
    arabic = PracticePageFactory(parent=portal_site.libraries["ar"])
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=arabic)
    comment, tagging = CommentFactory(page=arabic), TaggingFactory(page=arabic)
    assert comment.subject == tagging.content_object == Subject.of(french.translation_key)


@pytest.mark.parametrize("factory", [CommentFactory, TaggingFactory])
def test_a_moderator_hides_and_restores(factory, moderator):
    item, moment = factory(page=Thing), datetime.datetime(2020, 11, 24, 10, tzinfo=datetime.UTC)
    with clock.at(moment):
        hide(item, moderator)
    item.refresh_from_db()
    assert (item.is_hidden, item.hidden_at, item.hidden_by) == (True, moment, moderator)
    restore(item, moderator)
    item.refresh_from_db()
    assert (item.is_hidden, item.hidden_by) == (False, None)


@pytest.mark.parametrize("act", [hide, restore])
@pytest.mark.parametrize("factory", [CommentFactory, TaggingFactory])
@pytest.mark.parametrize("role", ["participant", "facilitator"])
def test_nobody_else_hides_or_restores(factory, act, role, request):
    item = factory(page=Thing, hidden_at=clock.now() if act is restore else None)
    with pytest.raises(PermissionDenied):
        act(item, request.getfixturevalue(role))
    item.refresh_from_db()
    assert item.is_hidden is (act is restore)


def test_a_comment_outlives_its_author():
    comment = CommentFactory(page=Thing)
    comment.author.delete()
    comment.refresh_from_db()
    assert comment.author is None


def test_a_hidden_tag_is_noted_for_search(moderator):
    tagging = TaggingFactory(page=Thing)
    OutboxEntry.objects.all().delete()
    hide(tagging, moderator)
    assert list(OutboxEntry.objects.values_list("key", flat=True)) == [str(KEY)]
