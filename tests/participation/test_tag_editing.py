"""What editors do with tags, in the domain and in the CMS; every act is logged, every old address leads on."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.participation.domain.moderation import hide
from portal.participation.domain.tag_editing import hide_tag, merge, promote, show_tag, translate
from portal.participation.domain.tags import add_tags
from portal.participation.enums import FollowKind, ModerationAct
from portal.participation.models import Follow, ModerationAction, Tag, TagAlias, Tagging
from portal.participation.tags import taggings_of
from search.domain import load_glossary, rebuild
from search.models import OutboxEntry, SynonymSet
from tests.factories import PracticePageFactory, TaggingFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db
KEY, OTHER = uuid.UUID(int=7), uuid.UUID(int=8)


@pytest.fixture
def tags(participant):
    """Two tags on one subject, the second on another too."""
    add_tags(KEY, ["ماء"], UserFactory())
    add_tags(KEY, ["eau"], participant)
    add_tags(OTHER, ["eau"], participant)
    return Tag.objects.get(name="ماء"), Tag.objects.get(name="eau")


def logged():
    return list(ModerationAction.objects.order_by("pk").values_list("act", "actor_key", "target", "note"))


def test_merging_moves_what_bears_it_with_who_tagged(tags, participant, facilitator):
    arabic, french = tags
    first = Tagging.objects.get(tag=arabic)
    OutboxEntry.objects.all().delete()
    merge(french, arabic, facilitator)
    assert [tagging.tag for tagging in taggings_of(KEY)] == [arabic]
    assert taggings_of(KEY)[0] == first
    assert [tagging.tagged_by for tagging in taggings_of(OTHER)] == [participant]
    assert set(OutboxEntry.objects.exclude(key="").values_list("key", flat=True)) == {str(KEY), str(OTHER)}
    assert logged() == [(ModerationAct.TAG, facilitator.key, "tag", "merge: eau → ماء")]


def test_of_two_taggings_of_one_subject_the_one_that_is_seen_stays(tags, moderator):
    arabic, french = tags
    hide(Tagging.objects.get(tag=arabic), moderator)
    merge(french, arabic, moderator)
    (left,) = taggings_of(KEY)
    assert (left.tag, left.is_hidden) == (arabic, False)


def test_what_was_merged_is_written_as_before_and_means_the_other(tags, moderator, participant):
    arabic, french = tags
    merge(french, arabic, moderator)
    add_tags(uuid.UUID(int=9), ["Eaux"], participant)
    assert Tag.objects.get() == arabic
    assert TagAlias.objects.get().slug == "eau"


def test_merging_again_keeps_every_address(tags, moderator, participant):
    arabic, french = tags
    add_tags(KEY, ["water"], participant)
    english = Tag.objects.get(name="water")
    merge(french, arabic, moderator)
    merge(arabic, english, moderator)
    assert dict(TagAlias.objects.values_list("slug", "tag__slug")) == {"eau": "water", "ماء": "water"}


def test_followers_of_a_merged_tag_follow_the_other_once(tags, moderator):
    arabic, french = tags
    both, one = UserFactory(), UserFactory()
    for person, tag in ((both, arabic), (both, french), (one, french)):
        Follow.objects.create(person=person, kind=FollowKind.TAG, key=tag.slug)
    merge(french, arabic, moderator)
    assert sorted(Follow.objects.values_list("person", "key")) == sorted([(both.pk, arabic.slug), (one.pk, arabic.slug)])


def test_names_that_only_the_merged_tag_had_are_kept(tags, moderator):
    arabic, french = tags
    translate(french, {"ar": "", "fr": "Eau", "en": "Water"}, moderator)
    merge(french, arabic, moderator)
    arabic.refresh_from_db()
    assert (arabic.name_in("fr"), arabic.name_in("en"), arabic.name_in("ar")) == ("Eau", "Water", "ماء")


def test_a_name_that_another_tag_has_is_refused_and_says_which(tags, moderator):
    arabic, _french = tags
    with pytest.raises(ValidationError) as refused:
        translate(arabic, {"ar": "", "fr": "Eaux", "en": ""}, moderator)
    assert set(refused.value.message_dict) == {"name_fr"}
    arabic.refresh_from_db()
    assert arabic.name_fr == ""


def test_a_hidden_tag_is_shown_again_where_it_was(tags, moderator, participant):
    _arabic, french = tags
    hide_tag(french, moderator)
    assert [tagging.tag.name for tagging in taggings_of(KEY)] == ["ماء"]
    show_tag(french, moderator)
    assert [(tagging.tag.name, tagging.tagged_by) for tagging in taggings_of(OTHER)] == [("eau", participant)]
    assert [note for _act, _actor, _target, note in logged()] == ["hide: eau", "show: eau"]


@pytest.mark.parametrize("loaded", [True, False])
def test_a_promoted_tag_finds_what_is_about_the_theme(client, portal_site, moderator, participant, committed, loaded):
    if loaded:
        load_glossary()
    theme = ThemeFactory(slug="environment", name_ar="البيئة", name_fr="Environnement", name_en="Environment")
    page = PracticePageFactory(parent=portal_site.libraries["fr"], themes=[theme])
    add_tags(KEY, ["climatique"], participant)
    rebuild()

    def found():
        return [hit["id"] for hit in client.get("/api/search/", {"lang": "fr", "q": "climatique"}).json()["hits"]]

    assert found() == []
    before = SynonymSet.objects.count()
    with committed():
        promote(Tag.objects.get(), theme, moderator)
    assert found() == [str(page.translation_key)]
    assert SynonymSet.objects.count() == before + (not loaded)
    promote(Tag.objects.get(), theme, moderator)
    assert sum(one.fr.split("\n").count("climatique") for one in SynonymSet.objects.all()) == 1


@pytest.mark.parametrize("act", ["merge", "translate", "hide", "show", "promote"])
def test_participants_edit_no_tags(tags, participant, act):
    arabic, french = tags
    do = {
        "merge": lambda: merge(french, arabic, participant),
        "translate": lambda: translate(french, {"ar": "x"}, participant),
        "hide": lambda: hide_tag(french, participant),
        "show": lambda: show_tag(french, participant),
        "promote": lambda: promote(french, ThemeFactory(), participant),
    }
    with pytest.raises(PermissionDenied):
        do[act]()
    assert Tag.objects.filter(name="eau", hidden_at=None).exists()
    assert not ModerationAction.objects.exists()


@pytest.fixture(params=["facilitator", "moderator"])
def desk(client, portal_site, request):
    client.force_login(request.getfixturevalue(request.param))
    return client


def test_the_desk_lists_tags_with_how_often_they_are_used(desk, tags):
    rows = desk.get("/cms/tag_desk/").context["object_list"]
    assert [(tag.name, tag.uses) for tag in rows] == [("eau", 2), ("ماء", 1)]


def test_the_desk_translates_merges_hides_and_promotes(desk, tags):
    arabic, french = tags
    url = f"/cms/tag_desk/{french.pk}/"
    assert desk.post(url, {"action": "names", "name_ar": "", "name_fr": "Eau potable", "name_en": ""}).status_code == 302
    assert Tag.objects.get(pk=french.pk).name_fr == "Eau potable"
    assert desk.post(url, {"action": "hide"}).status_code == 302
    assert 'value="show"' in desk.get(url).content.decode()
    assert desk.post(url, {"action": "show"}).status_code == 302
    assert desk.post(url, {"action": "promote", "theme": ThemeFactory().pk}).status_code == 302
    assert desk.post(url, {"action": "merge", "into": " الماء "}).url == f"/cms/tag_desk/{arabic.pk}/"
    assert list(Tag.objects.all()) == [arabic]
    assert desk.post(url, {"action": "hide"}, follow=True).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"action": "merge", "into": "nobody’s"},
        {"action": "merge", "into": "Eaux"},
        {"action": "merge", "into": "\x00"},
        {"action": "merge", "into": ""},
        {"action": "names", "name_ar": "<b>", "name_fr": "", "name_en": ""},
        {"action": "names", "name_ar": "x" * 51, "name_fr": "", "name_en": ""},
        {"action": "names", "name_ar": "ماء", "name_fr": "", "name_en": ""},
        {"action": "promote", "theme": "999"},
        {"action": "promote", "theme": "x"},
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(desk, tags, sent):
    _arabic, french = tags
    response = desk.post(f"/cms/tag_desk/{french.pk}/", sent)
    assert response.status_code == 422
    form = next(response.context[name] for name in ("names_form", "merge_form", "promote_form") if response.context[name].errors)
    assert form.data.get("into", "") == sent.get("into", "")
    assert Tag.objects.count() == 2
    assert not ModerationAction.objects.exists()


def test_a_participant_does_not_reach_the_desk(client, portal_site, tags, participant):
    client.force_login(participant)
    assert client.post(f"/cms/tag_desk/{tags[0].pk}/", {"action": "hide"}).status_code in (302, 403)
    assert not Tag.objects.exclude(hidden_at=None).exists()


@pytest.mark.parametrize("number", [1, 9])
def test_the_desk_costs_the_same_however_many_tags(client, portal_site, moderator, number, django_assert_num_queries):
    client.force_login(moderator)
    page = PracticePageFactory(parent=portal_site.libraries["ar"])
    TaggingFactory.create_batch(number, page=page)
    client.get("/cms/tag_desk/")
    with django_assert_num_queries(10):
        client.get("/cms/tag_desk/")
