"""What moderators hide leaves the public pages and search at once, and comes back as it was."""

import pytest

from portal.base import clock
from portal.participation.domain.moderation import hide, restore
from search.domain import rebuild
from tests.factories import CommentFactory, PracticePageFactory, TaggingFactory


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"])


def text_of(client, url):
    return client.get(url).content.decode()


def tag_facet(client):
    facets = client.get("/api/search/", {"lang": "ar"}).json()["facets"]
    return {value["value"]: value["count"] for facet in facets if facet["name"] == "tag" for value in facet["values"]}


def test_a_hidden_comment_leaves_the_page_and_comes_back(client, page, moderator):
    comment = CommentFactory(page=page, text="كلام جارح")
    hide(comment, moderator)
    assert "كلام جارح" not in text_of(client, page.url)
    restore(comment, moderator)
    assert "كلام جارح" in text_of(client, page.url)


def test_a_hidden_tag_leaves_the_page_and_search_and_comes_back(client, page, moderator, committed):
    with committed():
        tagging = TaggingFactory(page=page, name="ماء")
    rebuild()
    slug = tagging.tag.slug
    assert tag_facet(client) == {slug: 1}
    with committed():
        hide(tagging, moderator)
    assert "ماء" not in text_of(client, page.url)
    assert tag_facet(client) == {}
    with committed():
        restore(tagging, moderator)
    assert tag_facet(client) == {slug: 1}


def test_a_tag_hidden_on_one_page_stays_on_the_other(client, portal_site, page, moderator):
    other = PracticePageFactory(parent=portal_site.libraries["ar"])
    given = TaggingFactory(page=page, name="ماء")
    TaggingFactory(page=other, name="ماء")
    hide(given, moderator)
    assert ">ماء<" not in text_of(client, page.url)
    assert ">ماء<" in text_of(client, other.url)


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def test_the_list_shows_who_wrote_what_the_newest_first(desk, page):
    CommentFactory(page=page, text="الأول")
    CommentFactory(page=page, text="الثاني", author__display_name="عائشة")
    html = text_of(desk, "/cms/comment/")
    assert -1 < html.index("الثاني") < html.index("الأول")
    assert "عائشة" in html


@pytest.mark.parametrize(("hidden", "shown"), [("true", ["مخفي"]), ("false", ["ظاهر"]), ("", ["مخفي", "ظاهر"])])
def test_the_list_is_filtered_by_what_is_hidden(desk, page, hidden, shown):
    CommentFactory(page=page, text="ظاهر")
    CommentFactory(page=page, text="مخفي", hidden_at=clock.now())
    objects = desk.get("/cms/comment/", {"is_hidden": hidden}).context["object_list"]
    assert sorted(comment.text for comment in objects) == sorted(shown)


def test_the_list_is_searched_by_author_and_words(desk, page):
    CommentFactory(page=page, text="الماء", author__display_name="عائشة")
    CommentFactory(page=page, text="الطريق")
    for words in ("الماء", "عائشة"):
        assert [one.text for one in desk.get("/cms/comment/", {"q": words}).context["object_list"]] == ["الماء"]


def test_a_moderator_decides_on_tags_in_the_cms(desk, page, moderator):
    item = TaggingFactory(page=page)
    url = f"/cms/tagging/{item.pk}/"
    assert page.title in text_of(desk, url)
    assert desk.post(url, {"action": "hide"}, follow=True).status_code == 200
    item.refresh_from_db()
    assert item.hidden_by == moderator
    assert 'value="restore"' in text_of(desk, url)
    desk.post(url, {"action": "restore"})
    item.refresh_from_db()
    assert not item.is_hidden


@pytest.mark.parametrize("action", ["burn", "restore"])
def test_an_action_that_makes_no_sense_changes_nothing(desk, page, action):
    tagging = TaggingFactory(page=page)
    assert desk.post(f"/cms/tagging/{tagging.pk}/", {"action": action}).status_code == 302
    tagging.refresh_from_db()
    assert not tagging.is_hidden


def test_what_is_gone_is_not_found(desk, portal_site):
    assert desk.get("/cms/tagging/999/", follow=True).status_code == 404


def test_the_list_of_comments_leads_to_the_queue(desk, page):
    comment = CommentFactory(page=page)
    assert f"/cms/moderation/?comment={comment.pk}" in text_of(desk, "/cms/comment/")


@pytest.mark.parametrize("role", ["participant", "facilitator"])
def test_nobody_else_decides(client, page, role, request):
    item = TaggingFactory(page=page)
    client.force_login(request.getfixturevalue(role))
    assert client.post(f"/cms/tagging/{item.pk}/", {"action": "hide"}).status_code in (302, 403)
    item.refresh_from_db()
    assert not item.is_hidden


def test_html_in_a_comment_is_text_in_the_cms_too(desk, page):
    comment = CommentFactory(page=page, text="<script>alert(7)</script>")
    shown = text_of(desk, "/cms/comment/") + text_of(desk, f"/cms/moderation/?comment={comment.pk}")
    assert "<script>alert(7)" not in shown
    assert "alert(7)" in shown


@pytest.mark.parametrize(("kind", "factory", "cost"), [("comment", CommentFactory, 10), ("tagging", TaggingFactory, 11)])
@pytest.mark.parametrize("number", [1, 9])
def test_the_list_costs_the_same_however_long(desk, page, kind, factory, cost, number, django_assert_num_queries):
    factory.create_batch(number, page=page)
    desk.get(f"/cms/{kind}/")
    with django_assert_num_queries(cost):
        desk.get(f"/cms/{kind}/")
