"""Tags that grow: one tag whatever way it is written, taken back and restored with who gave it."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from portal.base import clock
from portal.participation.domain import tags as domain
from portal.participation.domain.moderation import hide, restore
from portal.participation.domain.tag_editing import hide_tag, translate
from portal.participation.domain.tags import add_tags, take_back
from portal.participation.models import Tag, TagAlias, Tagging
from portal.participation.tags import taggings_of
from search.models import OutboxEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
KEY, OTHER = uuid.UUID(int=7), uuid.UUID(int=8)


def names(key=KEY):
    return [tagging.tag.name for tagging in taggings_of(key)]


@pytest.mark.parametrize(
    ("first", "again"),
    [("ماء", "الماء"), ("أمن", "امن"), ("Pétition", "petitions"), ("EAU", "l’eau"), ("جمعية", "الجمعيات"), ("مسؤول", "مسئول")],
)
def test_another_form_of_a_tag_is_that_tag_shown_as_first_written(participant, first, again):
    add_tags(KEY, [first], participant)
    assert add_tags(KEY, [again], UserFactory()) == []
    add_tags(OTHER, [again], UserFactory())
    assert names(KEY) == names(OTHER) == [first]


def test_forms_sent_together_are_given_once(participant):
    add_tags(KEY, ["eau", "Eaux", "l'eau", "route"], participant)
    assert names() == ["eau", "route"]


@pytest.mark.parametrize("name", ["ﷺ" * 50, "œ" * 50, "①", "½", "٣", "中文", "e\u0301" * 25])
def test_strange_tags_have_an_address_and_a_folded_form_that_fit(participant, name):
    add_tags(KEY, [name], participant)
    tag = Tag.objects.get()
    assert 0 < len(tag.slug) <= 100
    assert 0 < len(tag.folded) <= 100


def test_addresses_are_readable_and_never_those_of_before(participant, moderator):
    add_tags(KEY, ["النقل المدرسي", "C", "Droit à l'eau"], participant)
    assert set(Tag.objects.values_list("slug", flat=True)) == {"النقل-المدرسي", "c", "droit-à-leau"}
    TagAlias.objects.create(slug="forêt", tag=Tag.objects.get(name="C"))
    add_tags(KEY, ["forêt"], participant)
    assert Tag.objects.get(name="forêt").slug == "forêt-2"


def test_who_loses_the_race_for_a_new_tag_gives_the_winner_s(participant, monkeypatch):
    create = Tag.objects.create

    def lose(**fields):
        monkeypatch.setattr(Tag.objects, "create", create)
        create(name="Eau")
        return create(**fields)

    monkeypatch.setattr(Tag.objects, "create", lose)
    (given,) = add_tags(KEY, ["eau"], participant)
    assert given.tag == Tag.objects.get()


def test_who_never_wins_is_asked_to_send_again(participant, monkeypatch):
    def fail(**fields):
        raise IntegrityError

    monkeypatch.setattr(Tag.objects, "create", fail)
    with pytest.raises(ValidationError):
        add_tags(KEY, ["eau"], participant)


def test_the_giver_takes_a_tag_back_and_that_they_gave_it_is_kept(participant):
    (given,) = add_tags(KEY, ["eau"], participant)
    OutboxEntry.objects.all().delete()
    moment = datetime.datetime(2020, 11, 24, 10, tzinfo=datetime.UTC)
    with clock.at(moment):
        assert take_back(given.pk, participant) is True
    assert take_back(given.pk, participant) is False
    given.refresh_from_db()
    assert (given.tagged_by, given.removed_at) == (participant, moment)
    assert names() == []
    assert list(OutboxEntry.objects.values_list("key", flat=True)) == [str(KEY)]


def test_nobody_takes_back_another_s_tag(participant):
    (given,) = add_tags(KEY, ["eau"], participant)
    assert take_back(given.pk, UserFactory()) is False
    assert names() == ["eau"]


def test_who_gives_again_what_was_taken_back_is_its_giver(participant):
    (given,) = add_tags(KEY, ["eau"], participant)
    take_back(given.pk, participant)
    other = UserFactory()
    assert [tagging.pk for tagging in add_tags(KEY, ["Eaux"], other)] == [given.pk]
    given.refresh_from_db()
    assert (given.tagged_by, given.removed_at) == (other, None)


def test_hiding_and_restoring_keep_who_tagged_and_adding_again_says_so(participant, moderator):
    (given,) = add_tags(KEY, ["eau"], participant)
    tagged_at = given.tagged_at
    hide(given, moderator)
    with pytest.raises(ValidationError, match="eau"):
        add_tags(KEY, ["Eaux", "route"], UserFactory())
    assert names() == []
    add_tags(OTHER, ["eau"], participant)
    restore(given, moderator)
    given.refresh_from_db()
    assert (given.tagged_by, given.tagged_at, names()) == (participant, tagged_at, ["eau"])


def test_a_tag_that_is_hidden_everywhere_is_not_given(participant, moderator):
    add_tags(KEY, ["eau"], participant)
    hide_tag(Tag.objects.get(), moderator)
    assert names() == []
    with pytest.raises(ValidationError):
        add_tags(OTHER, ["EAU"], participant)


def test_the_name_in_another_language_is_the_same_tag(participant, moderator):
    add_tags(KEY, ["ماء"], participant)
    translate(Tag.objects.get(), {"ar": "", "fr": "Eau", "en": "Water"}, moderator)
    add_tags(KEY, ["l'eau"], participant)
    add_tags(OTHER, ["water", "eau"], participant)
    assert (names(KEY), names(OTHER)) == (["ماء"], ["ماء"])


def test_what_is_taken_back_makes_room(participant):
    given = add_tags(KEY, [f"t{number}x" for number in range(domain.TAGS_PER_SUBJECT)], participant)
    take_back(given[0].pk, participant)
    add_tags(KEY, ["room"], participant)
    with pytest.raises(ValidationError):
        add_tags(KEY, ["no room"], participant)
    assert Tagging.objects.visible().count() == domain.TAGS_PER_SUBJECT
