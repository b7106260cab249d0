""" "I did the same": who may say it, who confirms it, no circles, and the chain on both pages."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from good_practices.domain.inspiration import Words, check_link, say_inspired, settle, withdraw
from good_practices.enums import InspirationState
from good_practices.models import Inspiration, PracticePage
from tests.factories import MembershipFactory, OrganisationFactory, PracticePageFactory, UserFactory

WORDS = Words("We counted the pupils too.", "en")


@pytest.fixture
def library(portal_site):
    return portal_site.libraries["en"]


@pytest.fixture
def association(db):
    return OrganisationFactory()


@pytest.fixture
def member(association):
    return MembershipFactory(organisation=association).person


def parent_of(page):
    return PracticePage.objects.get(pk=page.pk).inspired_by_key


def chain(client, page):
    section = BeautifulSoup(client.get(page.url).content, "html.parser").find(class_="inspiration")
    lists = {title.string: title.find_next_sibling() for title in section("h3")}
    return {title: [link.string for link in entries("a")] for title, entries in lists.items() if entries.name in ("ol", "ul")}


def test_a_facilitator_confirms_what_a_member_says(client, library, association, member, facilitator):
    model, own = PracticePageFactory(parent=library), PracticePageFactory(parent=library, organisations=[association])
    client.force_login(member)
    answer = client.post(f"{model.url}same/", {"practice": own.translation_key, "note": "x\u202ey"})
    assert answer.url == model.url
    said = Inspiration.objects.get()
    assert (said.state, said.note, said.organisation, parent_of(own)) == ("asked", "xy", association, None)
    settle(said, InspirationState.CONFIRMED, facilitator)
    assert parent_of(own) == model.translation_key
    assert chain(client, own) == {"Inspired by": [model.title]}
    assert chain(client, model) == {"Who took it up": [own.title]}


def test_a_trusted_association_links_at_once(library, association, member):
    association.trusted = True
    association.save()
    model, own = PracticePageFactory(parent=library), PracticePageFactory(parent=library, organisations=[association])
    say_inspired(member, own.translation_key, model.translation_key, WORDS)
    assert parent_of(own) == model.translation_key


def test_a_contributor_speaks_of_their_own(library):
    person = UserFactory()
    model, own = PracticePageFactory(parent=library), PracticePageFactory(parent=library, contributor=person)
    assert say_inspired(person, own.translation_key, model.translation_key, WORDS).state == InspirationState.ASKED


@pytest.mark.parametrize("verified", [True, False])
def test_only_whoever_carries_a_practice_may_say_so(client, library, association, verified):
    model, other = PracticePageFactory(parent=library), PracticePageFactory(parent=library, organisations=[association])
    organisation = OrganisationFactory() if verified else association
    person = MembershipFactory(organisation=organisation, **({} if verified else {"verified_at": None})).person
    with pytest.raises(ValidationError):
        say_inspired(person, other.translation_key, model.translation_key, WORDS)
    client.force_login(person)
    answer = client.get(f"{model.url}same/")
    assert "No practice of yours is published here yet" in answer.content.decode()
    assert client.post(f"{model.url}same/", {"practice": other.translation_key}).status_code == 422
    assert not Inspiration.objects.exists()


def test_visitors_are_asked_to_sign_in(client, library):
    assert "/account/login/" in client.get(f"{PracticePageFactory(parent=library).url}same/").url


@pytest.mark.parametrize("value", ["", "x", "\x00", "1" * 100_000])
def test_a_forged_practice_is_refused_and_the_words_stay(client, library, association, member, value):
    model = PracticePageFactory(parent=library)
    PracticePageFactory(parent=library, organisations=[association])
    client.force_login(member)
    answer = client.post(f"{model.url}same/", {"practice": value, "note": "my words"})
    assert answer.status_code == 422
    assert "my words" in answer.content.decode()


def test_nothing_inspires_itself_even_along_the_chain(library, facilitator):
    first, second, third = PracticePageFactory.create_batch(3, parent=library)
    for child, parent in ((second, first), (third, second)):
        said = Inspiration.objects.create(
            practice_key=child.translation_key, inspired_by_key=parent.translation_key, language="en"
        )
        settle(said, InspirationState.CONFIRMED, facilitator)
    for child, parent in ((first, first), (first, second), (first, third)):
        with pytest.raises(ValidationError):
            check_link(child.translation_key, parent.translation_key)
    check_link(third.translation_key, first.translation_key)


def test_it_is_said_once(library, association, member):
    model, own = PracticePageFactory(parent=library), PracticePageFactory(parent=library, organisations=[association])
    say_inspired(member, own.translation_key, model.translation_key, WORDS)
    with pytest.raises(ValidationError):
        say_inspired(member, own.translation_key, model.translation_key, WORDS)


def test_translations_and_drafts_take_the_link_and_lose_it_again(portal_site, facilitator):
    model = PracticePageFactory(parent=portal_site.libraries["en"])
    own = PracticePageFactory(parent=portal_site.libraries["en"])
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=own)
    french.title = "Brouillon"
    french.save_revision()
    keys = {"practice_key": own.translation_key, "inspired_by_key": model.translation_key}
    said = Inspiration.objects.create(language="en", **keys)
    settle(said, InspirationState.CONFIRMED, facilitator)
    assert parent_of(own) == parent_of(french) == model.translation_key
    draft = PracticePage.objects.get(pk=french.pk).get_latest_revision_as_object()
    assert (draft.title, draft.inspired_by_key) == ("Brouillon", model.translation_key)
    withdraw(said)
    assert parent_of(own) is parent_of(french) is None
    assert PracticePage.objects.get(pk=french.pk).get_latest_revision_as_object().inspired_by_key is None


def test_the_whole_chain_is_shown_drafts_left_out(client, library):
    first, second, third, fourth = PracticePageFactory.create_batch(4, parent=library)
    for child, parent in ((second, first), (third, second), (fourth, second)):
        PracticePage.objects.filter(pk=child.pk).update(inspired_by_key=parent.translation_key)
    PracticePage.objects.filter(pk=fourth.pk).update(live=False)
    assert chain(client, first) == {"Who took it up": [second.title, third.title]}
    assert chain(client, third) == {"Inspired by": [second.title, first.title]}


def test_a_circle_made_by_hand_breaks_no_page(client, library):
    first, second = PracticePageFactory.create_batch(2, parent=library)
    PracticePage.objects.filter(pk=first.pk).update(inspired_by_key=second.translation_key)
    PracticePage.objects.filter(pk=second.pk).update(inspired_by_key=first.translation_key)
    assert second.title in chain(client, first)["Inspired by"]


def test_a_facilitator_links_two_practices_in_the_cms_and_deletes_the_link(client, library, facilitator):
    model, own = PracticePageFactory.create_batch(2, parent=library)
    client.force_login(facilitator)
    data = {"practice": own.pk, "inspired_by": model.pk, "note": "", "language": "en", "state": "confirmed"}
    assert client.post(reverse("inspiration:add"), data).status_code == 302
    assert parent_of(own) == model.translation_key
    said = Inspiration.objects.get()
    assert client.get(reverse("inspiration:edit", args=[said.pk])).status_code == 200
    circle = client.post(reverse("inspiration:add"), data | {"practice": model.pk, "inspired_by": own.pk})
    assert circle.status_code == 200
    assert Inspiration.objects.count() == 1
    client.post(reverse("inspiration:delete", args=[said.pk]))
    assert parent_of(own) is None
