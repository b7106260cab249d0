"""The moderators' queue, and what else they set in the CMS."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from portal.participation.domain.appeals import appeal
from portal.participation.domain.bans import ban_of
from portal.participation.domain.moderation import hide
from portal.participation.domain.reports import report
from portal.participation.enums import ModerationMode
from portal.participation.models import Ban, Comment, DiscussionSettings, ModerationAction, Subject
from portal.people.enums import Role
from tests.factories import CommentFactory, ModerationReasonFactory, PracticePageFactory, UserFactory

QUEUE = "/cms/moderation/"


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def reason(db):
    return ModerationReasonFactory()


def rows(client, **asked):
    return [row.comment.text for row in client.get(QUEUE, asked).context["rows"]]


def fields(client, **asked):
    """Return what the form of the queue sends, as it stands on the page."""
    form = BeautifulSoup(client.get(QUEUE, asked).content, "html.parser").find("form", method="post")
    return {one["name"]: one.get("value", "") for one in form("input", type="hidden")}


def test_each_tab_holds_what_waits_for_it(desk, page, moderator, reason):
    CommentFactory(page=page, text="ظاهر")
    CommentFactory(page=page, text="ينتظر", published_at=None)
    report(CommentFactory(page=page, text="مبلغ عنه"), UserFactory(), "spam")
    hidden = CommentFactory(page=page, text="مخفي")
    hide(hidden, moderator, reason)
    appeal(hidden, hidden.author, "لماذا؟")
    CommentFactory(page=page, text="مسحوب", published_at=None, removed_at=timezone.now())
    assert rows(desk) == rows(desk, tab="burn") == ["ينتظر"]
    assert rows(desk, tab="reported") == ["مبلغ عنه"]
    assert rows(desk, tab="appeals") == ["مخفي"]
    assert len(rows(desk, tab="all")) == 5
    assert desk.get(QUEUE).context["counts"] == {"waiting": 1, "reported": 1, "appeals": 1}


def test_the_most_reported_comes_first(desk, page):
    little, much = CommentFactory(page=page, text="قليل"), CommentFactory(page=page, text="كثير")
    for comment, number in ((little, 1), (much, 2)):
        for _ in range(number):
            report(comment, UserFactory(), "spam")
    assert rows(desk, tab="reported") == ["كثير", "قليل"]


def test_a_row_shows_the_page_the_thread_above_the_reports_and_the_record(desk, page, moderator, reason):
    root = CommentFactory(page=page, text="في الأعلى")
    hide(CommentFactory(page=page, author=root.author), moderator, reason)
    reply = CommentFactory(page=page, parent=root, author=root.author)
    report(reply, UserFactory(display_name="قارئة"), "insult", "فيه سب")
    html = desk.get(QUEUE, {"tab": "reported"}).content.decode()
    for words in (page.title, "في الأعلى", "قارئة", "فيه سب"):
        assert words in html
    assert desk.get(QUEUE, {"tab": "reported"}).context["rows"][0].record == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"q": "ماء"}, ["ماء"]), ({"q": "عائشة"}, ["ماء"]), ({"language": "fr"}, ["eau"]), ({"kind": "question"}, ["eau"])],
)
def test_the_queue_is_filtered(desk, page, asked, found):
    CommentFactory(page=page, text="ماء", author__display_name="عائشة")
    CommentFactory(page=page, text="eau", language="fr", kind="question")
    assert rows(desk, tab="all", **asked) == found


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\x00"},
        {"comment": "x"},
        {"comment": "9" * 40},
        {"page": "-1"},
        {"page": "x"},
        {"language": "<script>"},
        {"q": "\ud800"},
    ],
)
def test_a_garbage_question_is_answered(desk, page, asked):
    CommentFactory(page=page)
    try:
        response = desk.get(QUEUE, {"tab": "all", **asked})
    except UnicodeEncodeError:
        response = desk.get(f"{QUEUE}?q=%ED%A0%80")
    assert response.status_code == 200


def test_one_button_hides_one_comment_with_its_reason(desk, page, moderator, reason):
    comment, other = CommentFactory.create_batch(2, page=page)
    sent = {**fields(desk, tab="all"), "one": f"hide:{comment.pk}", "reason": reason.pk, "note": "انتبه\u202e"}
    response = desk.post(f"{QUEUE}?tab=all", sent)
    comment.refresh_from_db()
    assert (response.status_code, response.url) == (302, f"{QUEUE}?tab=all")
    assert (comment.hidden_by, comment.hidden_reason, comment.hidden_note) == (moderator, reason, "انتبه")
    assert Comment.objects.visible().get() == other


def test_many_are_decided_on_at_once(desk, page):
    comments = CommentFactory.create_batch(20, page=page, published_at=None)
    sent = {**fields(desk), "act": "publish", "pick": [one.pk for one in comments]}
    desk.post(QUEUE, sent)
    assert Comment.objects.visible().count() == 20
    assert ModerationAction.objects.filter(act="publish").count() == 20


def test_hiding_without_a_reason_asks_for_one_and_loses_nothing(desk, page):
    comments = CommentFactory.create_batch(2, page=page)
    sent = {**fields(desk, tab="all"), "act": "hide", "pick": [one.pk for one in comments], "note": "ملاحظة طويلة"}
    response = desk.post(f"{QUEUE}?tab=all", sent)
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert html.find("textarea", {"name": "note"}).string.strip() == "ملاحظة طويلة"
    assert len(html.find_all("input", {"name": "pick"}, checked=True)) == 2
    assert Comment.objects.visible().count() == 2


def test_the_second_of_two_moderators_is_told_and_the_rest_of_the_batch_is_decided(desk, page, reason):
    comments = CommentFactory.create_batch(2, page=page)
    sent = {**fields(desk, tab="all"), "act": "hide", "pick": [one.pk for one in comments], "reason": reason.pk}
    hide(Comment.objects.get(pk=comments[0].pk), UserFactory(role=Role.MODERATOR), reason)
    response = desk.post(f"{QUEUE}?tab=all", sent, follow=True)
    levels = [message.level_tag for message in response.context["messages"]]
    assert sorted(levels) == ["success", "warning"]
    assert ModerationAction.objects.filter(act="hide").count() == 2


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "hide"},
        {"act": "burn", "pick": ["1"]},
        {"one": "hide:"},
        {"one": "hide:999999"},
        {"one": "grant:{pk}"},
        {"act": "publish", "pick": ["9" * 60, "-1", "x", "١"]},
        {"act": "publish", "pick": [str(n) for n in range(500)]},
        {"one": "hide:{pk}", "reason": "999"},
        {"one": "hide:{pk}", "note": "x" * 1_000_000},
    ],
)
def test_a_forged_decision_changes_nothing(desk, page, sent):
    comment = CommentFactory(page=page)
    sent = {name: value.format(pk=comment.pk) if isinstance(value, str) else value for name, value in sent.items()}
    assert desk.post(f"{QUEUE}?tab=all", sent).status_code in (302, 422)
    assert Comment.objects.visible().count() == 1
    assert not ModerationAction.objects.exists()


def test_an_old_page_sent_again_does_nothing(desk, page, reason):
    comment = CommentFactory(page=page)
    sent = {**fields(desk, tab="all"), "one": f"hide:{comment.pk}", "reason": reason.pk}
    for _ in range(3):
        desk.post(f"{QUEUE}?tab=all", sent)
    assert ModerationAction.objects.count() == 1


@pytest.mark.parametrize("role", [None, "participant", "facilitator"])
@pytest.mark.parametrize("address", [QUEUE, "/cms/ban/", "/cms/ban/new/", "/cms/moderation_log/", "/cms/moderation_reason/"])
def test_only_moderators_come_in(client, page, role, address, request):
    if role:
        client.force_login(request.getfixturevalue(role))
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {"one": "hide:1"}).status_code in (302, 403, 405)


@pytest.mark.parametrize("number", [1, 15])
@pytest.mark.parametrize("tab", ["waiting", "reported", "all"])
def test_the_queue_costs_the_same_however_long(desk, page, tab, number, django_assert_max_num_queries):
    for comment in CommentFactory.create_batch(number, page=page, published_at=None if tab == "waiting" else timezone.now()):
        report(comment, UserFactory(), "spam")
    desk.get(QUEUE, {"tab": tab})
    with django_assert_max_num_queries(24):
        assert len(rows(desk, tab=tab)) == number


# --- Bans, the log, how pages are discussed ---------------------------------------------------------------------------


def test_a_person_is_found_by_name_banned_and_let_in_again(desk, page, reason):
    person = UserFactory(display_name="مزعج جدا")
    assert "مزعج جدا" in desk.get("/cms/ban/new/", {"q": "مزعج"}).content.decode()
    assert desk.post("/cms/ban/new/", {"person": person.pk, "reason": reason.pk}).status_code == 302
    made = Ban.objects.get()
    assert ban_of(person) == made
    assert "مزعج جدا" in desk.get("/cms/ban/").content.decode()
    assert desk.get(f"/cms/ban/{made.pk}/").status_code == 200
    desk.post(f"/cms/ban/{made.pk}/")
    assert ban_of(person) is None


@pytest.mark.parametrize(
    "sent", [{}, {"person": "x"}, {"person": "9" * 30}, {"q": "\x00"}, {"until": "yesterday"}, {"reason": "0"}]
)
def test_a_ban_that_makes_no_sense_is_not_made(desk, page, sent):
    assert desk.post("/cms/ban/new/", sent).status_code == 422
    assert not Ban.objects.exists()


def test_a_moderator_is_not_banned_in_the_cms_either(desk, moderator, page, reason):
    assert desk.post("/cms/ban/new/", {"person": moderator.pk, "reason": reason.pk}).status_code == 422


def test_the_log_is_read_filtered_and_exported_and_nothing_else(desk, page, moderator, reason):
    comment = CommentFactory(page=page, author__display_name="عائشة")
    hide(comment, moderator, reason, "=cmd")
    html = desk.get("/cms/moderation_log/").content.decode()
    assert "عائشة" in html
    assert any(name in html for name in (reason.name_ar, reason.name_fr, reason.name_en)), "the reason's name, not its code"
    assert not desk.get("/cms/moderation_log/", {"act": "ban"}).context["object_list"]
    exported = desk.get("/cms/moderation_log/", {"export": "csv"})
    lines = list(csv.reader(io.StringIO(b"".join(exported.streaming_content).decode())))
    assert len(lines) == 2
    assert reason.code in lines[1]
    logged = ModerationAction.objects.get().pk
    for address in ("new/", f"edit/{logged}/", f"delete/{logged}/"):
        assert desk.get(f"/cms/moderation_log/{address}").status_code in (302, 404)


@pytest.mark.parametrize("role", ["moderator", "facilitator"])
def test_a_discussion_is_closed_for_all_languages(client, portal_site, page, role, request):
    client.force_login(request.getfixturevalue(role))
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=page)
    address = f"/cms/discussion/{page.translation_key}/"
    assert page.title in client.get(address).content.decode()
    assert client.post(address, {"moderation": "closed"}).status_code == 302
    assert Subject.objects.get().moderation == ModerationMode.CLOSED
    client.logout()
    for one in (page, french):
        html = BeautifulSoup(client.get(one.url).content, "html.parser").find(id="comments")
        assert html.find(class_="notice")
        assert "/account/login/" not in str(html)


@pytest.mark.parametrize("sent", [{"moderation": "burn"}, {"open_until": "someday"}])
def test_an_opening_that_makes_no_sense_is_not_kept(desk, page, sent):
    assert desk.post(f"/cms/discussion/{page.translation_key}/", sent).status_code == 422


def test_a_page_says_in_the_cms_where_its_discussion_is_set(client, portal_site, page, facilitator):
    client.force_login(facilitator)
    assert f"/cms/discussion/{page.translation_key}/" in client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    home = portal_site.homes["ar"]
    assert "/cms/discussion/" not in client.get(f"/cms/pages/{home.pk}/edit/").content.decode()


def test_the_site_is_set_by_moderators_and_facilitators(client, portal_site, moderator, participant):
    address = f"/cms/settings/participation/discussionsettings/{DiscussionSettings.objects.get().pk}/"
    client.force_login(moderator)
    assert client.post(address, {"moderation": "before", "hide_after_reports": "5"}).status_code == 302
    assert DiscussionSettings.objects.get().hide_after_reports == 5
    client.force_login(participant)
    assert client.get(address).status_code in (302, 403)
