"""Commitments: filtered, overdue by the clock, a change of status dated."""

import datetime
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template import engines
from django.urls import reverse

from good_practices.domain.commitments import keep_commitment
from good_practices.enums import CommitmentStatus
from good_practices.models import Commitment
from portal.base import clock
from tests.factories import CommitmentFactory, OrganisationFactory, PracticePageFactory, RegionFactory, TerritoryFactory

PLACE = "/en/practices/commitments/"


def moment(year, month, day):
    return datetime.datetime(year, month, day, 12, tzinfo=datetime.UTC)


def texts(client, **asked):
    main = BeautifulSoup(client.get(PLACE, asked).content, "html.parser").main
    return {one.string for one in main(class_="promise__text")}


def test_it_is_overdue_the_day_after(client, portal_site):
    CommitmentFactory(due_on=date(2020, 6, 30))
    for day, said in ((date(2020, 6, 30), False), (date(2020, 7, 1), True)):
        with clock.at(moment(day.year, day.month, day.day)):
            assert (
                "Overdue" in BeautifulSoup(client.get(PLACE).content, "html.parser").find(class_="promise").get_text()
            ) is said


def test_filters_by_who_where_status_and_due(client, portal_site):
    region = RegionFactory(code="07", iso_code="MA-07")
    council = OrganisationFactory(slug="council")
    CommitmentFactory(text_en="theirs", organisation=council, due_on=None)
    CommitmentFactory(text_en="there", territory=TerritoryFactory(parent__parent=region, parent__code="07.P"), due_on=None)
    CommitmentFactory(text_en="kept", status=CommitmentStatus.KEPT)
    CommitmentFactory(text_en="late", due_on=date(2020, 6, 30))
    CommitmentFactory(text_en="coming", due_on=date(2020, 12, 31))
    with clock.at(moment(2020, 7, 1)):
        assert texts(client, who="council") == {"theirs"}
        assert texts(client, where="MA-07") == {"there"}
        assert texts(client, status="kept") == {"kept"}
        assert texts(client, due="overdue") == {"late"}
        assert texts(client, due="coming") == {"coming"}
        assert len(texts(client)) == 5


@pytest.mark.parametrize("asked", [{"who": "x\x00"}, {"where": "'"}, {"status": "1" * 10_000}, {"due": "ever"}, {"page": "-1"}])
def test_strange_filters_are_told_and_break_nothing(client, portal_site, asked):
    CommitmentFactory(text_en="one")
    answer = client.get(PLACE, asked)
    assert answer.status_code == 200
    assert ("One of the filters is unknown" in answer.content.decode()) is ("page" not in asked)
    assert texts(client, **asked) == {"one"}


def test_a_change_of_status_is_dated(db):
    one = CommitmentFactory()
    with clock.at(moment(2020, 7, 14)):
        one.status = CommitmentStatus.KEPT
        keep_commitment(one)
    assert one.settled_on == date(2020, 7, 14)
    with clock.at(moment(2020, 8, 1)):
        keep_commitment(one)
        assert one.settled_on == date(2020, 7, 14)
        one.status = CommitmentStatus.PARTLY_KEPT
        keep_commitment(one)
        assert one.settled_on == date(2020, 8, 1)
        one.status, one.settled_on = CommitmentStatus.NOT_KEPT, date(2020, 7, 31)
        keep_commitment(one)
        assert one.settled_on == date(2020, 7, 31)
        one.status = CommitmentStatus.PENDING
        keep_commitment(one)
    assert Commitment.objects.get().settled_on is None


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"made_on": date(2020, 7, 2), "due_on": None}, "made_on"),
        ({"due_on": date(2019, 1, 1)}, "due_on"),
        ({"settled_on": date(2021, 1, 1)}, "settled_on"),
    ],
)
def test_dates_that_cannot_be_are_refused(db, days, field):
    with clock.at(moment(2020, 7, 1)), pytest.raises(ValidationError) as refusal:
        CommitmentFactory.build(**days).clean()
    assert list(refusal.value.message_dict) == [field]


def test_an_illustrative_one_says_so_and_leads_to_its_practice(client, portal_site):
    page = PracticePageFactory(parent=portal_site.libraries["en"])
    CommitmentFactory(illustrative=True, practice_key=page.translation_key, evidence_link="https://example.org/act")
    one = BeautifulSoup(client.get(PLACE).content, "html.parser").find(class_="promise")
    assert "Illustrative" in one.get_text()
    assert {link["href"] for link in one("a")} == {page.url, "https://example.org/act"}


def test_the_part_for_an_organisation_or_a_place_shows_theirs(portal_site):
    region = RegionFactory(code="07", iso_code="MA-07")
    one = CommitmentFactory(text_ar="هنا", territory=TerritoryFactory(parent__parent=region, parent__code="07.P"))
    CommitmentFactory(text_ar="هناك")
    template = engines["django"].from_string('{% include "good_practices/_commitments.html" %}')
    for context in ({"organisation": one.organisation}, {"territory": region}, {"territory": one.territory}):
        html = template.render(context)
        assert "هنا" in html
        assert "هناك" not in html
    assert template.render({"organisation": OrganisationFactory()}).strip() == ""


@pytest.mark.parametrize("number", [1, 10])
def test_the_page_costs_the_same_however_many(client, portal_site, number, django_assert_num_queries):
    page = PracticePageFactory(parent=portal_site.libraries["en"])
    CommitmentFactory.create_batch(number, practice_key=page.translation_key)
    client.get(PLACE)
    with django_assert_num_queries(10):
        client.get(PLACE)


def test_a_facilitator_keeps_them_in_the_cms(client, portal_site, facilitator):
    page, organisation, place = PracticePageFactory(parent=portal_site.libraries["en"]), OrganisationFactory(), TerritoryFactory()
    client.force_login(facilitator)
    data = {
        "organisation": organisation.pk,
        "territory": place.pk,
        "text_ar": "وعد",
        "made_on": "2020-01-01",
        "practice": page.pk,
    }
    assert client.post(reverse("commitment:add"), data | {"status": "kept"}).status_code == 302
    one = Commitment.objects.get()
    assert one.practice_key == page.translation_key
    assert one.settled_on
