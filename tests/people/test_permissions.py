"""What each role reaches in the CMS."""

import pytest

from tests.factories import CommentFactory, PracticePageFactory


def reach(client, person, path):
    client.force_login(person)
    return client.get(path)


def test_visitors_are_asked_to_sign_in(portal_site, client):
    response = client.get("/cms/")
    assert (response.status_code, response.url) == (302, "/cms/login/?next=/cms/")


def test_a_participant_does_not_enter_the_cms(portal_site, client, participant):
    assert reach(client, participant, "/cms/").status_code in (302, 403)
    assert reach(client, participant, "/cms/pages/").status_code in (302, 403)


def test_a_facilitator_edits_pages_and_organisations(portal_site, client, facilitator):
    page = PracticePageFactory(parent=portal_site.libraries["ar"])
    for path in ("/cms/", f"/cms/pages/{page.pk}/edit/", "/cms/snippets/people/organisation/", "/cms/images/", "/cms/documents/"):
        assert reach(client, facilitator, path).status_code == 200, path


@pytest.mark.parametrize("path", ["/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/locales/"])
def test_a_facilitator_changes_neither_people_nor_the_site(portal_site, client, facilitator, path):
    assert reach(client, facilitator, path).status_code in (302, 403, 404)


def test_a_moderator_sees_comments_but_edits_no_page(portal_site, client, moderator):
    page = PracticePageFactory(parent=portal_site.libraries["ar"])
    comment = CommentFactory(page=page, text="كلمات المشاركة")
    assert "كلمات المشاركة" in reach(client, moderator, "/cms/comment/").content.decode()
    assert reach(client, moderator, f"/cms/moderation/?comment={comment.pk}").status_code == 200
    assert reach(client, moderator, f"/cms/pages/{page.pk}/edit/").status_code in (302, 403)
    assert reach(client, moderator, f"/cms/pages/add/good_practices/practicepage/{page.get_parent().pk}/").status_code in (
        302,
        403,
    )


def test_a_moderator_cannot_publish_by_post_either(portal_site, client, moderator):
    page = PracticePageFactory(parent=portal_site.libraries["ar"], title="قبل")
    client.force_login(moderator)
    client.post(f"/cms/pages/{page.pk}/edit/", {"title": "بعد", "action-publish": "1"})
    page.refresh_from_db()
    assert page.title == "قبل"


def test_only_those_who_publish_are_shown_the_way_into_the_cms(portal_site, client, facilitator, participant):
    assert 'href="/cms/"' in reach(client, facilitator, "/ar/").content.decode()
    assert 'href="/cms/"' not in reach(client, participant, "/ar/").content.decode()
