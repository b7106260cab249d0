"""Following something, from its page and from the list; and what cannot be followed."""

import uuid
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from portal.participation import searches
from portal.participation.domain import following as domain
from portal.participation.enums import FollowKind
from portal.participation.following import named
from portal.participation.models import Follow
from portal.people.enums import DigestFrequency
from tests.factories import (
    FollowFactory,
    OrganisationFactory,
    PracticePageFactory,
    RegionFactory,
    SessionPageFactory,
    StandardPageFactory,
    TaggingFactory,
    TerritoryFactory,
    ThemeFactory,
    UserFactory,
)

FOLLOW = "/ar/participation/follow/"
LIST = "/ar/account/following/"


@pytest.fixture
def practice(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], title="نقل مدرسي")


@pytest.fixture
def targets(portal_site, practice):
    """One thing of each kind."""
    return {
        "practice": str(practice.translation_key),
        "discussion": str(practice.translation_key),
        "theme": "school-transport",
        "territory": practice.territory.code,
        "organisation": OrganisationFactory().slug,
        "tag": TaggingFactory(page=practice, name="الماء").tag.slug,
        "search": "lang=ar&q=" + "%D9%86%D9%82%D9%84",
    }


def test_every_kind_is_named_in_every_language(targets):
    for kind, key in targets.items():
        for language in ("ar", "fr", "en"):
            with translation.override(language):
                link = named(kind, [key], language)[key]
            assert link.title
            assert link.url.startswith("/"), kind


def test_following_twice_is_following_once_and_the_list_groups_them(client, targets, participant):
    client.force_login(participant)
    for kind, key in [*targets.items(), *targets.items()]:
        assert client.post(FOLLOW, {"kind": kind, "key": key}).status_code == 302
    assert Follow.objects.filter(person=participant).count() == len(FollowKind)
    page = client.get(LIST).content.decode()
    assert page.count('value="stop"') == len(FollowKind)
    assert "نقل مدرسي" in page


def test_the_list_costs_the_same_however_long(client, portal_site, participant, django_assert_max_num_queries):
    for _ in range(8):
        page = PracticePageFactory(parent=portal_site.libraries["ar"])
        FollowFactory(person=participant, kind="practice", key=str(page.translation_key))
        FollowFactory(person=participant, kind="theme", key=ThemeFactory().slug)
    client.force_login(participant)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        assert client.get(LIST).content.decode().count('value="stop"') == 16


def test_a_visitor_signs_in_and_comes_back_to_follow(client, practice, participant):
    address = f"{FOLLOW}?{urlencode({'kind': 'practice', 'key': practice.translation_key})}"
    asked = client.get(address)
    assert asked.status_code == 302
    assert parse_qs(urlsplit(asked["Location"]).query)["next"] == [address]
    client.force_login(participant)
    page = client.get(address)
    assert "نقل مدرسي" in page.content.decode()
    assert "no-cache" in page["Cache-Control"]
    assert not Follow.objects.exists()


def test_the_button_is_one_link_for_all_visitors_and_a_toggle_for_who_is_signed_in(client, practice, participant):
    link = f"{FOLLOW}?kind=practice&amp;key={practice.translation_key}"
    assert link in client.get(practice.url).content.decode()
    client.force_login(participant)
    page = client.get(practice.url).content.decode()
    assert link not in page
    assert page.count('name="on" value="1"') == 2  # the practice and its discussion
    client.post(FOLLOW, {"kind": "practice", "key": practice.translation_key, "on": "1", "next": practice.url})
    assert 'name="on" value="0"' in client.get(practice.url).content.decode()
    back = client.post(FOLLOW, {"kind": "practice", "key": practice.translation_key, "on": "0", "next": practice.url})
    assert back["Location"] == practice.url
    assert not Follow.objects.exists()


def test_htmx_is_given_the_button_as_it_is_now(client, practice, participant):
    client.force_login(participant)
    asked = {"kind": "practice", "key": practice.translation_key, "on": "1", "next": practice.url}
    page = client.post(FOLLOW, asked, headers={"HX-Request": "true"}).content.decode()
    assert 'name="on" value="0"' in page
    assert f'value="{practice.url}"' in page
    assert "<html" not in page


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\x00"])
def test_nobody_is_led_elsewhere(client, practice, participant, place):
    client.force_login(participant)
    back = client.post(FOLLOW, {"kind": "practice", "key": practice.translation_key, "next": place})
    assert back["Location"] == LIST


BAD = [
    ("practice", str(uuid.uuid4())),
    ("practice", "x" * 1_000_000),
    ("practice", "\x00"),
    ("practice", "{UPPER}"),
    ("theme", "none"),
    ("theme", "\ud800"),
    ("territory", "99.999' OR 1=1"),
    ("organisation", ""),
    ("search", ""),
    ("search", "lang=ar"),
    ("search", "q=" + "a" * 1_000_000),
    ("search", "&" * 2_000),
    ("tag", "\x00"),
    ("nothing", "x"),
    ("", ""),
]


@pytest.mark.parametrize(("kind", "key"), BAD)
def test_what_does_not_exist_is_refused_in_words(client, practice, participant, kind, key):
    client.force_login(participant)
    key = str(practice.translation_key).upper() if key == "{UPPER}" else key
    answer = client.post(FOLLOW, {"kind": kind, "key": key.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})
    assert answer.status_code == 409
    assert "لا يمكن" in answer.content.decode() or "cannot be followed" in answer.content.decode()
    assert not Follow.objects.exists()
    with pytest.raises(ValidationError):
        domain.target_of(kind, key)


def test_what_is_not_public_is_not_followed_and_an_old_follow_has_no_name(client, practice, participant):
    FollowFactory(person=participant, kind="practice", key=str(practice.translation_key))
    practice.unpublish()
    with pytest.raises(ValidationError):
        domain.target_of("practice", str(practice.translation_key))
    client.force_login(participant)
    page = client.get(LIST).content.decode()
    assert "نقل مدرسي" not in page
    assert 'value="stop"' in page


def test_a_page_that_nobody_discusses_is_no_discussion(portal_site):
    page = StandardPageFactory(parent=portal_site.homes["ar"])
    session = SessionPageFactory(parent=portal_site.workshops["ar"])
    assert not named("discussion", [str(page.translation_key)], "ar")
    assert named("discussion", [str(session.translation_key)], "fr")
    assert not named("practice", [str(session.translation_key)], "fr")


def test_nobody_follows_more_than_the_most(portal_site, participant, monkeypatch):
    monkeypatch.setattr(domain, "MOST", 3)
    monkeypatch.setattr(domain, "MOST_SEARCHES", 1)
    domain.follow(participant, domain.target_of("search", "q=a"))
    with pytest.raises(ValidationError):
        domain.follow(participant, domain.target_of("search", "q=b"))
    for _ in range(2):
        domain.follow(participant, domain.target_of("theme", ThemeFactory().slug))
    with pytest.raises(ValidationError):
        domain.follow(participant, domain.target_of("theme", ThemeFactory().slug))
    assert Follow.objects.count() == 3


def test_the_list_changes_what_is_the_readers_own_only(client, portal_site, participant):
    other = FollowFactory(kind="theme", key=ThemeFactory().slug)
    mine = FollowFactory(person=participant, kind="theme", key=other.key)
    client.force_login(participant)
    for value in (other.pk, "x", "9" * 30, "", "-1", "\x00", "١"):
        client.post(LIST, {"action": "stop", "value": value})
    assert Follow.objects.count() == 2
    client.post(LIST, {"action": "stop", "value": mine.pk})
    assert Follow.objects.get() == other


def test_the_frequency_is_chosen_among_those_there_are(client, participant):
    client.force_login(participant)
    client.post(LIST, {"action": "frequency", "value": "daily"})
    client.post(LIST, {"action": "frequency", "value": "hourly"})
    participant.refresh_from_db()
    assert participant.digest == DigestFrequency.DAILY


def test_mail_that_came_back_is_told_and_started_again(client, participant):
    participant.mail_stopped_at = timezone.now()
    participant.save()
    client.force_login(participant)
    assert 'value="restart"' in client.get(LIST).content.decode()
    client.post(LIST, {"action": "restart"})
    participant.refresh_from_db()
    assert participant.mail_stopped_at is None


def test_the_list_is_the_readers_alone(client, portal_site):
    for name in ("following", "digest_preview"):
        assert client.get(reverse(name)).status_code == 302


def test_nobody_is_made_to_follow_from_elsewhere(practice, participant):
    client = Client(enforce_csrf_checks=True)
    client.force_login(participant)
    assert client.post(FOLLOW, {"kind": "practice", "key": practice.translation_key}).status_code == 403


def test_the_preview_shows_what_would_be_sent(client, practice, participant):
    FollowFactory(person=participant, kind="theme", key="school-transport")
    client.force_login(participant)
    assert "نقل مدرسي" in client.get(reverse("digest_preview")).content.decode()
    Follow.objects.all().delete()
    assert "نقل مدرسي" not in client.get(reverse("digest_preview")).content.decode()


def test_a_search_has_one_key_however_it_is_written(db):
    RegionFactory(iso_code="MA-01")
    first = searches.key_of(searches.query_of("q=نقل&region=MA-01&lang=ar&page=7&sort=date&utm_source=x"))
    assert first == searches.key_of(searches.query_of("page=2&region=MA-01&q= نقل "))
    assert searches.key_of(searches.query_of(first)) == first


def test_a_theme_alone_is_followed_as_a_theme(client, portal_site):
    ThemeFactory(slug="school-transport")
    page = client.get("/ar/practices/?theme=school-transport").content.decode()
    assert "?kind=theme&amp;key=school-transport" in page
    assert "kind=search" in client.get("/ar/practices/?theme=school-transport&q=x").content.decode()
    assert "kind=search" in client.get("/fr/search/?q=transport").content.decode()
    assert "participation/follow" not in client.get("/fr/search/").content.decode()


def test_places_and_organisations_have_the_button(client, portal_site):
    place, organisation = TerritoryFactory(), OrganisationFactory()
    assert f"?kind=territory&amp;key={place.code}" in client.get(f"/ar/places/{place.code}/").content.decode()
    assert f"key={organisation.slug}" in client.get(f"/ar/organisations/{organisation.slug}/").content.decode()


def test_two_people_follow_the_same(portal_site):
    target = domain.target_of("theme", ThemeFactory().slug)
    assert domain.follow(UserFactory(), target) != domain.follow(UserFactory(), target)
