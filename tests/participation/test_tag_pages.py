"""The page of a tag, the index of all, and what is suggested while one is written."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from portal.base import clock
from portal.participation.domain.moderation import hide
from portal.participation.domain.tag_editing import hide_tag, merge, translate
from portal.participation.models import Tag, Tagging
from portal.participation.views.tags import QUESTIONS
from search.domain import rebuild
from tests.factories import PracticePageFactory, SessionPageFactory, TaggingFactory

SUGGEST = "/ar/participation/tags/suggest/"


@pytest.fixture
def practice(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"])


@pytest.fixture
def session(portal_site):
    return SessionPageFactory(parent=portal_site.workshops["ar"])


def html_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def address(slug, language="ar"):
    return f"/{language}/tags/{quote(slug)}/"


def suggested(client, text):
    return [one["text"] for one in client.get(SUGGEST, {"q": text}).json()["suggestions"]]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_tag_s_page_shows_all_that_bears_it(client, practice, session, language):
    for page in (practice, session):
        TaggingFactory(page=page, name="النقل المدرسي")
    TaggingFactory(page=practice, name="ماء")
    other = PracticePageFactory(parent=practice.get_parent())
    rebuild()
    html = html_of(client, address("النقل-المدرسي", language))
    text = html.main.get_text()
    assert (practice.title in text, session.title in text, other.title in text) == (True, True, False)
    assert html.find("link", rel="canonical")["href"].endswith(address("النقل-المدرسي", language))
    assert {link["hreflang"] for link in html("link", hreflang=True)} == {"ar", "fr", "en", "x-default"}
    feed = html.find("link", type="application/atom+xml")["href"]
    assert practice.title in client.get(feed).content.decode()
    assert not html.find("a", href=lambda href: href and "kind=search" in href), "the tag itself is followed, above"
    related = html.find("ul", attrs={"aria-labelledby": "related-tags"})
    assert [link["href"] for link in related("a")] == [address("ماء", language)]


def test_the_page_is_narrowed_like_every_search(client, practice, session):
    for page in (practice, session):
        TaggingFactory(page=page, name="ماء")
    rebuild()
    html = html_of(client, f"{address('ماء')}?type=session")
    assert session.title in html.main.get_text()
    assert practice.title not in html.find(class_="search__hits").get_text()
    assert html.find("meta", attrs={"name": "robots"})["content"] == "noindex, follow"
    fragment = client.get(f"{address('ماء')}?type=session", headers={"hx-request": "true"})
    assert b"<html" not in fragment.content


def test_the_page_is_named_in_the_reader_s_language(client, practice, moderator):
    tag = TaggingFactory(page=practice, name="ماء").tag
    translate(tag, {"ar": "", "fr": "Eau", "en": ""}, moderator)
    rebuild()
    assert html_of(client, address("ماء", "fr")).h1.get_text(strip=True) == "Eau"
    assert html_of(client, address("ماء", "en")).h1.get_text(strip=True) == "ماء"
    facets = client.get("/api/search/", {"lang": "fr"}).json()["facets"]
    (value,) = next(facet["values"] for facet in facets if facet["name"] == "tag")
    assert (value["value"], value["label"]) == ("ماء", "Eau")


def test_every_old_address_redirects(client, practice, session, moderator, committed):
    arabic, french = TaggingFactory(page=practice, name="ماء").tag, TaggingFactory(page=session, name="eau").tag
    rebuild()
    with committed():
        merge(french, arabic, moderator)
    answer = client.get(f"{address('eau', 'fr')}?type=session")
    assert (answer.status_code, answer.url) == (301, f"{address('ماء', 'fr')}?type=session")
    text = html_of(client, "/ar/search/?tag=eau").main.get_text()
    assert practice.title in text
    assert session.title in text
    assert session.title in client.get("/ar/search/feed/?tag=eau").content.decode()


def test_a_hidden_tag_is_gone_and_unknown_ones_are_not_found(client, practice, moderator):
    hidden = TaggingFactory(page=practice, name="سيئ").tag
    hide_tag(hidden, moderator)
    gone = html_of(client, address(hidden.slug), 410)
    assert "سيئ" not in gone.get_text()
    for slug in ("nobody", "x" * 101, "%00", "a b"):
        assert client.get(f"/ar/tags/{slug}/").status_code == 404


@pytest.mark.parametrize("how", ["moderator", "giver", "unpublished", "private"])
def test_a_tag_that_no_public_page_bears_is_shown_nowhere(client, practice, moderator, how):
    tagging = TaggingFactory(page=practice, name="سري")
    if how == "moderator":
        hide(tagging, moderator)
    elif how == "giver":
        Tagging.objects.update(removed_at=clock.now())
    elif how == "unpublished":
        practice.unpublish()
    else:
        PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address("سري")).status_code == 404
    assert "سري" not in client.get("/ar/tags/").content.decode()
    assert suggested(client, "سر") == []


def test_the_index_is_in_alphabetical_order_with_how_often_each_is_used(client, practice, session):
    for name in ("Énergie", "eau", "النقل", "ماء", "Zone"):
        TaggingFactory(page=practice, name=name)
    TaggingFactory(page=session, name="eau")
    html = html_of(client, "/fr/tags/").find(class_="tag-index")
    assert [title.get_text() for title in html("h3")] == ["E", "Z", "م", "ن"]
    entries = [item.get_text(" ", strip=True) for item in html("li")]
    assert entries == ["eau (2)", "Énergie (1)", "Zone (1)", "ماء (1)", "النقل (1)"]
    arabic = html_of(client, "/ar/tags/").find(class_="tag-index")
    assert [title.get_text() for title in arabic("h3")] == ["م", "ن", "E", "Z"]


@pytest.mark.parametrize("page", ["x", "0", "-1", "9" * 5000, "٣", ""])
def test_a_page_of_the_index_that_is_not_there_is_the_nearest(client, practice, page):
    TaggingFactory(page=practice, name="ماء")
    assert "ماء" in html_of(client, f"/ar/tags/?page={page}").main.get_text()


def test_suggestions_go_on_from_what_is_written_the_most_used_first(client, practice, session, moderator):
    for name in ("Pétition", "Petite enfance", "ماء"):
        TaggingFactory(page=practice, name=name)
    TaggingFactory(page=session, name="Petite enfance")
    assert suggested(client, "pet") == ["Petite enfance", "Pétition"]
    assert suggested(client, "PÉTITIONS") == ["Pétition"]
    assert suggested(client, "الما") == ["ماء"]
    translate(Tag.objects.get(name="ماء"), {"ar": "", "fr": "Eau", "en": ""}, moderator)
    assert suggested(client, "l'ea") == ["ماء"]
    assert client.get(SUGGEST.replace("/ar/", "/fr/"), {"q": "ماء"}).json()["suggestions"][0]["text"] == "Eau"


@pytest.mark.parametrize("text", ["", "p", "%", "__", "\x00", "🙂", "x" * 100_000, "'; DROP"])
def test_nothing_is_suggested_for_what_begins_no_tag(client, practice, text):
    TaggingFactory(page=practice, name="Pétition")
    assert suggested(client, text) == []


def test_at_most_eight_are_suggested_in_two_queries(client, practice, django_assert_num_queries):
    for number in range(12):
        TaggingFactory(page=practice, name=f"eau {number}")
    with django_assert_num_queries(2):
        assert len(suggested(client, "eau")) == 8


def test_a_connection_that_asks_too_often_waits(client, practice):
    for _ in range(QUESTIONS):
        assert client.get(SUGGEST).status_code == 200
    assert client.get(SUGGEST).status_code == 429


@pytest.mark.parametrize("number", [1, 9])
def test_the_pages_cost_the_same_however_much_there_is(client, practice, number, django_assert_num_queries):
    for page in [practice, *PracticePageFactory.create_batch(number, parent=practice.get_parent())]:
        TaggingFactory(page=page, name="ماء")
        TaggingFactory.create_batch(number, page=page)
    rebuild()
    for url, cost in ((address("ماء"), 11), ("/ar/tags/", 6)):
        client.get(url)
        with django_assert_num_queries(cost):
            client.get(url)


def test_the_giver_takes_a_tag_back_on_the_page(client, practice, participant):
    own, other = (TaggingFactory(page=practice, tagged_by=one) for one in (participant, None))
    client.force_login(participant)
    html = html_of(client, practice.url).find(id="tags")
    assert len(html(class_="tag-list__own")) == 1
    url = html.find(class_="tag-list__own")["action"]
    assert client.get(url).status_code == 405
    assert client.post(url).url == f"{practice.url}#tags"
    assert client.post(url.replace(str(own.pk), str(other.pk))).status_code == 404
    assert client.post(url).status_code == 302
    assert [one.pk for one in Tagging.objects.visible()] == [other.pk]
    client.logout()
    assert "/account/login/" in client.post(url).url


def test_a_refused_tag_stays_in_the_form_with_why(client, practice, participant, moderator):
    hide(TaggingFactory(page=practice, name="سيئ"), moderator)
    client.force_login(participant)
    answer = client.post(f"/ar/participation/{practice.translation_key}/tags/", {"tags": "السيئ، جديد"})
    assert answer.status_code == 422
    field = BeautifulSoup(answer.content, "html.parser").find("input", attrs={"name": "tags"})
    assert field["value"] == "السيئ، جديد"
    assert Tag.objects.count() == 1
