"""The published versions, and what changed: readable by everyone, drafts by nobody."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from good_practices.history.words import word_changes
from good_practices.models import PracticePage
from portal.people.models import Membership
from tests.factories import OrganisationFactory, PracticePageFactory


@pytest.fixture
def page(portal_site):
    """A practice in English that was published once."""
    page = PracticePageFactory(parent=portal_site.libraries["en"], title="One bus", organisations=[OrganisationFactory()])
    return publish(page)


def publish(page, user=None, **values):
    page = PracticePage.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=user).publish(user=user)
    return PracticePage.objects.get(pk=page.pk)


def main(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def test_each_version_says_what_changed(client, page):
    publish(page, title="Two buses", result="<p>Both run.</p>")
    newest, first = main(client, f"{page.url}history/")(class_="version")
    assert "title, result" in newest.get_text().lower()
    assert "first publication" in first.get_text()


def test_a_draft_is_never_told(client, page):
    draft = PracticePage.objects.get(pk=page.pk)
    draft.title = "Secret"
    draft.save_revision()
    publish(page, summary="Three buses")
    versions = main(client, f"{page.url}history/")(class_="version")
    assert len(versions) == 2
    assert "Secret" not in str(versions) + str(main(client, f"{page.url}history/?from=1&to=2"))


def test_two_versions_are_compared_word_by_word(client, page):
    publish(page, title="Two new buses")
    html = main(client, f"{page.url}history/?from=2&to=1")
    assert [one.get_text() for one in html.find(class_="change__text")("del")] == ["taken out: One bus"]
    assert [one.get_text() for one in html.find(class_="change__text")("ins")] == ["written in: Two new buses"]


@pytest.mark.parametrize("question", ["from=1&to=9", "from=0&to=1", "to=999999", "from=5&to=%00"])
def test_versions_that_never_were_are_not_found(client, page, question):
    assert client.get(f"{page.url}history/?{question}").status_code in (404,)


@pytest.mark.parametrize("question", ["page=0", "page=-1", "page=abc", "page=99999999999", "page=%D9%A3", "page=%00"])
def test_a_page_that_cannot_be_meant_is_the_nearest(client, page, question):
    assert main(client, f"{page.url}history/?{question}")(class_="version")


def test_who_published_is_an_organisation_or_the_programme_never_a_name(client, page, facilitator):
    publish(page, user=facilitator, title="Two buses")
    text = main(client, f"{page.url}history/").get_text()
    assert "The programme’s facilitators" in text
    assert facilitator.display_name not in text
    Membership.objects.create(person=facilitator, organisation=page.organisations[0], verified_at=timezone.now())
    assert page.organisations[0].name_fr in main(client, f"{page.url}history/").get_text()


def test_a_version_whose_text_was_deleted_says_so(client, page):
    publish(page, title="Two buses")
    page.revisions.earliest("created_at").delete()
    assert "no longer kept" in main(client, f"{page.url}history/").get_text()
    assert client.get(f"{page.url}history/?from=1&to=2").status_code == 404


def test_the_history_costs_the_same_however_long(client, page, django_assert_max_num_queries):
    for number in range(25):
        publish(page, title=f"{number} buses")
    client.get(f"{page.url}history/")
    with django_assert_max_num_queries(20):
        assert len(main(client, f"{page.url}history/")(class_="version")) == 20


def test_words_are_compared_as_wholes():
    assert word_changes("طريق طويل جدا", "طريق قصير جدا") == [
        ("same", "طريق"),
        ("out", "طويل"),
        ("new", "قصير"),
        ("same", "جدا"),
    ]


def test_very_long_texts_are_told_whole():
    assert [piece.kind for piece in word_changes("a " * 5000, "b " * 5000)] == ["out", "new"]
