"""The first page of the CMS: what waits, what goes out next, what happened."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from portal.people.enums import Role
from portal.people.models import Membership
from tests.factories import (
    CommentFactory,
    OrganisationFactory,
    PracticePageFactory,
    QuestionFactory,
    SessionPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"])


@pytest.fixture
def desk(client, portal_site):
    def read(person):
        client.force_login(person)
        response = client.get("/cms/")
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return read


def waiting(soup):
    """Return what waits: where it leads -> how many."""
    cards = soup.select("#desk-waiting-content .desk-card, #desk-waiting .desk-card")
    return {card.a["href"]: int(card.select_one(".desk-card__count").text) for card in cards}


def test_each_role_sees_what_it_may_deal_with_and_nothing_else(desk, practice):
    QuestionFactory(page=practice)
    CommentFactory(page=practice, published_at=None)
    Membership.objects.create(person=UserFactory(), organisation=OrganisationFactory())
    facilitator, moderator = UserFactory(role=Role.FACILITATOR), UserFactory(role=Role.MODERATOR)
    assert waiting(desk(facilitator)) == {"/cms/comment/?kind=question": 1, "/cms/membership/": 1}
    assert waiting(desk(moderator)) == {"/cms/comment/?kind=question": 1, "/cms/moderation/?tab=waiting": 1}


def test_what_is_dealt_with_waits_no_more(desk):
    membership = Membership.objects.create(person=UserFactory(), organisation=OrganisationFactory())
    facilitator = UserFactory(role=Role.FACILITATOR)
    assert waiting(desk(facilitator))
    membership.verified_at = timezone.now()
    membership.save()
    assert not waiting(desk(facilitator))


def test_a_practice_sent_to_review_waits_for_facilitators(desk, practice):
    page, facilitator = practice, UserFactory(role=Role.FACILITATOR)
    page.save_revision()
    page.get_workflow().start(page, UserFactory())
    assert waiting(desk(facilitator)) == {"/cms/reports/workflow/": 1}
    assert not waiting(desk(UserFactory(role=Role.MODERATOR)))


def test_what_goes_out_next_stands_in_its_order(desk, portal_site):
    library = portal_site.libraries["ar"]
    soon, later = (timezone.now() + datetime.timedelta(days=days) for days in (1, 3))
    expiring = PracticePageFactory(parent=library, title="تنتهي", expire_at=later)
    scheduled = PracticePageFactory(parent=library, title="قديم", live=False)
    scheduled.title, scheduled.go_live_at = "جديد", soon
    scheduled.save_revision(approved_go_live_at=soon)
    SessionPageFactory(
        parent=portal_site.workshops["ar"],
        starts_at=later + datetime.timedelta(days=1),
        ends_at=later + datetime.timedelta(days=1, hours=1),
    )
    soup = desk(UserFactory(role=Role.FACILITATOR))
    links = soup.select("#desk-coming td a, #desk-coming-content td a")
    assert [link.text for link in links][:2] == ["جديد", expiring.title]
    assert len(links) == 3
    assert links[0]["href"] == f"/cms/pages/{scheduled.pk}/edit/"


def test_the_figures_count_the_last_days_only(desk, practice):
    CommentFactory.create_batch(2, page=practice)
    old = CommentFactory(page=practice)
    type(old).objects.filter(pk=old.pk).update(created_at=timezone.now() - datetime.timedelta(days=40))
    soup = desk(UserFactory(role=Role.FACILITATOR))
    _practices, comments, *_others = soup.select("#desk-figures .desk-card, #desk-figures-content .desk-card")
    assert comments.select_one(".desk-card__count").text == "2"
    assert len(comments.select("rect")) == 30


@pytest.mark.parametrize("number", [1, 12])
def test_the_desk_costs_the_same_however_much_waits(client, practice, number, django_assert_max_num_queries):
    for _ in range(number):
        QuestionFactory(page=practice)
        Membership.objects.create(person=UserFactory(), organisation=OrganisationFactory())
        PracticePageFactory(parent=practice.get_parent(), expire_at=timezone.now() + datetime.timedelta(days=1))
    client.force_login(UserFactory(role=Role.FACILITATOR))
    client.get("/cms/")
    with django_assert_max_num_queries(44):
        client.get("/cms/")
