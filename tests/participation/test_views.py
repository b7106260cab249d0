"""Taking part, through the pages' own forms."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from portal.participation.models import Comment, Subject, Tagging
from tests.factories import CommentFactory, PracticePageFactory, SessionPageFactory, StandardPageFactory, TaggingFactory

HTMX = {"hx-request": "true"}
WORDS = {"comments": {"text": "تجربة مفيدة"}, "tags": {"tags": "ماء، طريق"}}

FORMS = {"comments": "comment-form", "tags": "tags"}

both = pytest.mark.parametrize("part", ["comments", "tags"])


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")


@pytest.fixture
def signed_in(client, participant):
    client.force_login(participant)
    return client


def address(page, part, language="ar"):
    return f"/{language}/participation/{page.translation_key}/{part}/"


def section(response, part):
    return BeautifulSoup(response.content, "html.parser").find(id=part)


def anchor(part):
    """Where one comes back to: what was just written, or the tags."""
    return f"comment-{Comment.objects.get().pk}" if part == "comments" else part


def kept():
    return Comment.objects.count() + Tagging.objects.count()


@both
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_is_sent_is_kept_and_leads_back_to_the_page(signed_in, page, part, language):
    response = signed_in.post(address(page, part, language), WORDS[part])
    assert (response.status_code, response.url) == (302, f"/ar/practices/water/#{anchor(part)}")
    assert kept() == {"comments": 1, "tags": 2}[part]


@both
def test_the_reader_comes_back_to_the_page_in_their_language(signed_in, portal_site, page, part):
    PracticePageFactory(parent=portal_site.libraries["fr"], slug="eau", translation_of=page)
    assert signed_in.post(address(page, part, "fr"), WORDS[part]).url == f"/fr/practices/eau/#{anchor(part)}"


def test_a_comment_is_read_on_the_page_and_on_its_translations(signed_in, portal_site, page, participant):
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=page)
    signed_in.post(address(page, "comments"), WORDS["comments"])
    for url in (page.url, french.url):
        comments = section(signed_in.get(url), "comments")
        assert comments.find(string="تجربة مفيدة")
        assert comments.find("bdi", string=participant.display_name)


def test_tags_are_read_on_the_page_and_on_its_translations(signed_in, portal_site, page):
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=page)
    signed_in.post(address(page, "tags"), WORDS["tags"])
    for url in (page.url, french.url):
        names = [tag.get_text(strip=True) for tag in section(signed_in.get(url), "tags")("bdi")]
        assert names == ["ماء", "طريق"]


def test_a_comment_bears_the_language_it_was_written_in(signed_in, page):
    signed_in.post(address(page, "comments", "fr"), {"text": "Très utile"})
    assert Comment.objects.get().language == "fr"
    assert section(signed_in.get(page.url), "comments").find(string="Très utile").find_parent(lang="fr")


def test_htmx_is_given_the_part_that_replaces_itself(signed_in, page):
    response = signed_in.post(address(page, "tags"), WORDS["tags"], headers=HTMX)
    fragment = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert fragment.html is None
    assert [element["id"] for element in fragment.find_all(recursive=False)] == ["tags"]
    assert fragment.find(role="status")
    assert fragment.find(string="ماء")


@both
def test_who_is_not_signed_in_is_led_to_sign_in_and_loses_no_page(client, page, part):
    response = client.post(address(page, part), WORDS[part])
    assert response.status_code == 302
    assert response.url.startswith("/ar/account/login/?next=")
    assert kept() == 0


def test_who_is_not_signed_in_sees_the_way_in_and_no_form(client, page):
    comments = section(client.get(page.url), "comments")
    assert comments.form is None
    assert comments.find("a", href="/ar/account/login/?next=%2Far%2Fpractices%2Fwater%2F")
    assert comments.find("a", href="/ar/account/signup/?next=%2Far%2Fpractices%2Fwater%2F")


HTML = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def test_html_in_a_comment_is_shown_as_text(signed_in, page):
    signed_in.post(address(page, "comments"), {"text": HTML})
    comments = section(signed_in.get(page.url), "comments")
    assert HTML in comments.get_text()
    assert not comments("script")
    assert not comments("img")


def test_html_in_a_tag_is_refused(signed_in, page):
    assert signed_in.post(address(page, "tags"), {"tags": HTML}).status_code == 422
    assert kept() == 0


INVALID = [
    ("comments", "text", "", None),
    ("comments", "text", "\u200b \u202e", None),
    ("comments", "text", "ن" * 4001, "ن" * 4001),
    ("tags", "tags", " ، ", None),
    ("tags", "tags", "eau, " + "x" * 51, "eau, " + "x" * 51),
    ("tags", "tags", "<b>", "<b>"),
]


@pytest.mark.parametrize(("part", "field", "written", "shown"), INVALID)
def test_what_is_wrong_comes_back_with_what_was_written(signed_in, page, part, field, written, shown):
    response = signed_in.post(address(page, part), {field: written})
    again = section(response, part).find(attrs={"name": field})
    assert response.status_code == 422
    assert again["aria-invalid"] == "true"
    assert shown is None or shown in (again.get("value"), (again.string or "").strip())
    assert kept() == 0


@pytest.mark.parametrize(("part", "field", "written", "shown"), INVALID)
def test_htmx_is_given_the_form_again(signed_in, page, part, field, written, shown):
    response = signed_in.post(address(page, part), {field: written}, headers=HTMX)
    fragment = BeautifulSoup(response.content, "html.parser")
    assert [element["id"] for element in fragment.find_all(recursive=False)] == [FORMS[part]]
    assert fragment.find(attrs={"name": field})["aria-invalid"] == "true"
    assert kept() == 0


@pytest.mark.parametrize(
    "body", ["text=%00", "text=a%00b", "text=%ED%A0%80", "text=%FF", "tags=%00", "tags=a,%ED%A0%80", "", "=&&=%"]
)
@both
def test_garbage_is_answered_and_never_an_error_of_ours(signed_in, page, part, body):
    response = signed_in.post(address(page, part), body, "application/x-www-form-urlencoded")
    assert response.status_code in (302, 422)
    assert not any("\x00" in comment.text for comment in Comment.objects.all())


@both
def test_a_page_that_does_not_exist_is_not_found(signed_in, portal_site, part):
    assert signed_in.post(f"/ar/participation/{uuid.uuid4()}/{part}/", WORDS[part]).status_code == 404
    assert not Subject.objects.exists()


@both
@pytest.mark.parametrize("key", ["not-a-key", "../..", "%00"])
def test_a_garbage_key_is_not_found(signed_in, portal_site, part, key):
    assert signed_in.post(f"/ar/participation/{key}/{part}/", WORDS[part]).status_code == 404


@both
def test_an_unpublished_page_is_not_discussed(signed_in, page, part):
    page.unpublish()
    assert signed_in.post(address(page, part), WORDS[part]).status_code == 404
    assert kept() == 0


@both
def test_a_private_page_is_not_discussed(signed_in, page, part):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert signed_in.post(address(page, part), WORDS[part]).status_code == 404
    assert kept() == 0


@both
def test_a_plain_page_is_not_discussed(signed_in, portal_site, part):
    plain = StandardPageFactory(parent=portal_site.homes["ar"])
    assert signed_in.post(address(plain, part), WORDS[part]).status_code == 404
    assert section(signed_in.get(plain.url), part) is None


@both
def test_a_session_is_discussed_too(signed_in, portal_site, part):
    session = SessionPageFactory(parent=portal_site.workshops["ar"])
    signed_in.post(address(session, part), WORDS[part])
    assert kept() == {"comments": 1, "tags": 2}[part]


@both
@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_a_post_writes(signed_in, page, part, method):
    assert getattr(signed_in, method)(address(page, part)).status_code == 405


@both
@pytest.mark.parametrize("forged", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_forged_next_is_not_followed(signed_in, page, part, forged):
    response = signed_in.post(address(page, part), {**WORDS[part], "next": forged})
    assert response.url == f"/ar/practices/water/#{anchor(part)}"


@both
def test_a_forged_next_is_not_linked_to_when_the_form_comes_back(signed_in, page, part):
    response = signed_in.post(address(page, part), {"next": "https://evil.example/"})
    assert "evil.example" not in response.content.decode()


@both
def test_an_expired_form_is_refused_and_says_how_to_go_on(page, participant, part):
    client = Client(enforce_csrf_checks=True)
    client.force_login(participant)
    response = client.post(address(page, part, "en"), WORDS[part])
    assert response.status_code == 403
    assert "go back with your browser" in response.content.decode()
    assert kept() == 0


def test_the_form_on_the_page_carries_its_token(page, participant):
    client = Client(enforce_csrf_checks=True)
    client.force_login(participant)
    form = section(client.get(page.url), "comments").form
    words = {field["name"]: field.get("value", "") for field in form(["input", "textarea"]) if field.get("name")}
    assert client.post(form["action"], {**words, "text": "نعم"}).status_code == 302
    assert Comment.objects.get().text == "نعم"


def test_the_page_counts_what_can_be_read(client, page):
    CommentFactory.create_batch(3, page=page)
    TaggingFactory(page=page)
    assert section(client.get(page.url), "comments").h2.bdi.string.strip("()") == "3"
