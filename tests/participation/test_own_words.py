"""Reporting, one's own comments, asking for another look, and the public figures."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from portal.participation.domain.bans import ban
from portal.participation.domain.moderation import hide, keep
from portal.participation.domain.reports import report
from portal.participation.models import Appeal, Comment, Report, Subject
from tests.factories import PASSWORD, CommentFactory, ModerationReasonFactory, PracticePageFactory, UserFactory


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")


@pytest.fixture
def comment(page):
    return CommentFactory(page=page, text="كلام جارح")


@pytest.fixture
def reason(db):
    return ModerationReasonFactory()


@pytest.fixture
def signed_in(client, participant):
    client.force_login(participant)
    return client


def address(comment, what="report"):
    return f"/ar/participation/comments/{comment.pk}/{what}/"


def test_the_page_leads_to_the_report_of_each_comment(client, page, comment):
    link = BeautifulSoup(client.get(page.url).content, "html.parser").find("a", class_="comment__report")
    assert link["href"] == address(comment)
    assert "كلام جارح" in client.get(link["href"]).content.decode()


def test_a_report_is_kept_with_who_and_why(signed_in, participant, comment):
    response = signed_in.post(address(comment), {"reason": "insult", "note": "انظروا\u202e"})
    made = Report.objects.get()
    assert response.status_code == 200
    assert (made.comment, made.reporter, made.reason, made.note) == (comment, participant, "insult", "انظروا")


def test_a_second_report_is_answered_with_the_reason(signed_in, comment):
    for status in (200, 422):
        assert signed_in.post(address(comment), {"reason": "insult"}).status_code == status
    assert Report.objects.count() == 1


def test_no_account_is_needed_and_a_connection_is_limited(client, page):
    for number, comment in enumerate(CommentFactory.create_batch(12, page=page)):
        assert client.post(address(comment), {"reason": "private"}).status_code == (200 if number < 10 else 429)
    assert Report.objects.filter(reporter=None).count() == 10


@pytest.mark.parametrize(
    "sent", [{}, {"reason": "burn"}, {"reason": "spam", "note": "x" * 501}, {"reason": "spam", "note": "x" * 1_000_000}]
)
def test_a_wrong_report_comes_back(signed_in, comment, sent):
    assert signed_in.post(address(comment), sent).status_code == 422
    assert not Report.objects.exists()


def test_machines_are_thanked_and_nothing_is_kept(signed_in, page, comment):
    assert signed_in.post(address(comment), {"reason": "spam", "website": "http://x"}).status_code == 200
    signed_in.post(f"/ar/participation/{page.translation_key}/comments/", {"text": "اشتروا", "website": "http://x"})
    assert not Report.objects.exists()
    assert Comment.objects.count() == 1


def test_the_traps_are_on_the_forms(signed_in, page, comment):
    for url in (page.url, address(comment)):
        trap = BeautifulSoup(signed_in.get(url).content, "html.parser").find("input", {"name": "website"})
        assert trap.find_parent(attrs={"aria-hidden": "true"})
        assert trap["tabindex"] == "-1"


@pytest.mark.parametrize("state", [{"hidden_at": True}, {"published_at": None}, {"removed_at": True}])
def test_what_nobody_sees_is_not_reported(signed_in, page, state):
    state = {name: value and timezone.now() for name, value in state.items()}
    assert signed_in.get(address(CommentFactory(page=page, **state))).status_code == 404


def test_a_report_from_elsewhere_is_refused(comment, participant):
    client = Client(enforce_csrf_checks=True)
    client.force_login(participant)
    assert client.post(address(comment), {"reason": "spam"}).status_code == 403


def test_my_comments_say_where_each_stands_and_why(signed_in, participant, page, moderator, reason):
    hidden = CommentFactory(page=page, author=participant, text="مخفي هنا")
    hide(hidden, moderator, reason, "ملاحظة لك")
    CommentFactory(page=page, author=participant, text="في الانتظار", published_at=None)
    CommentFactory(page=page, text="لغيري")
    html = signed_in.get("/ar/account/comments/").content.decode()
    for words in ("مخفي هنا", "في الانتظار", reason.message_ar, "ملاحظة لك", page.title, address(hidden, "appeal")):
        assert words in html
    assert "لغيري" not in html
    french = signed_in.get("/fr/account/comments/").content.decode()
    assert reason.message_fr in french.replace("&#x27;", "'")


@pytest.mark.parametrize("number", [1, 15])
def test_my_comments_cost_the_same_however_many(signed_in, participant, page, number, django_assert_max_num_queries):
    CommentFactory.create_batch(number, page=page, author=participant)
    signed_in.get("/ar/account/comments/")
    with django_assert_max_num_queries(12):
        signed_in.get("/ar/account/comments/")


def test_an_appeal_is_made_once(signed_in, participant, page, moderator, reason):
    hidden = CommentFactory(page=page, author=participant)
    hide(hidden, moderator, reason)
    assert signed_in.get(address(hidden, "appeal")).status_code == 200
    assert signed_in.post(address(hidden, "appeal"), {"text": " \u202e "}).status_code == 422
    assert signed_in.post(address(hidden, "appeal"), {"text": "ن" * 1001}).status_code == 422
    assert signed_in.post(address(hidden, "appeal"), {"text": "لم أقصد أحدا"}).status_code == 302
    assert signed_in.post(address(hidden, "appeal"), {"text": "مرة أخرى"}).status_code == 409
    assert Appeal.objects.get().text == "لم أقصد أحدا"


def test_nobody_appeals_for_another(signed_in, comment, moderator, reason):
    hide(comment, moderator, reason)
    assert signed_in.post(address(comment, "appeal"), {"text": "لماذا؟"}).status_code == 404


@pytest.mark.parametrize("path", ["/ar/account/comments/", "/ar/participation/comments/1/appeal/"])
def test_ones_own_pages_ask_to_sign_in_and_are_kept_nowhere(client, participant, path):
    assert "/ar/account/login/" in client.get(path).url
    client.force_login(participant)
    response = client.get(path)
    assert response.status_code == 404 or "no-store" in response["Cache-Control"]


def test_who_is_banned_is_told_at_the_door_and_on_the_page(client, page, participant, moderator, reason):
    ban(participant, moderator, reason)
    sent = {"login": participant.email, "password": PASSWORD}
    response = client.post("/ar/account/login/", sent, follow=True)
    assert reason.message_ar in response.content.decode()
    comments = BeautifulSoup(client.get(page.url).content, "html.parser").find(id="comments")
    assert reason.message_ar in comments.get_text()
    assert comments.form is None


def test_what_was_written_is_not_lost_when_it_cannot_be_published(signed_in, page, participant):
    Subject.objects.update_or_create(translation_key=page.translation_key, defaults={"moderation": "closed"})
    response = signed_in.post(f"/ar/participation/{page.translation_key}/comments/", {"text": "كلام طويل كتبته"})
    assert response.status_code == 422
    assert "كلام طويل كتبته" in response.content.decode()


def test_what_waits_is_shown_to_its_author_alone(signed_in, page):
    Subject.objects.update_or_create(translation_key=page.translation_key, defaults={"moderation": "before"})
    signed_in.post(f"/ar/participation/{page.translation_key}/comments/", {"text": "ينتظر القراءة"})
    assert Comment.objects.get().published_at is None
    assert "ينتظر القراءة" in signed_in.get(page.url).content.decode()
    signed_in.logout()
    assert "ينتظر القراءة" not in signed_in.get(page.url).content.decode()


# --- Figures for everybody ----------------------------------------------------------------------------------------


def test_the_figures_count_what_was_decided_and_name_nobody(client, page, comment, moderator, reason):
    other = CommentFactory(page=page)
    for _ in range(3):
        report(other, UserFactory(), "spam")
    keep(other, moderator)
    hide(comment, moderator, reason)
    html = client.get("/ar/participation/transparency/").content.decode()
    text = client.get("/ar/participation/transparency.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert reason.name_ar in html
    assert sorted(int(line[3]) for line in lines[1:]) == [1, 1, 1]
    for secret in (moderator.display_name, str(moderator.key), comment.author.display_name, str(comment.author.key)):
        assert secret not in html + text


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_there_are_no_figures_yet_and_the_page_says_so(client, portal_site, language):
    assert client.get(f"/{language}/participation/transparency/").status_code == 200


def test_the_figures_cost_the_same_however_many(client, page, moderator, reason, django_assert_max_num_queries):
    for comment in CommentFactory.create_batch(12, page=page):
        hide(comment, moderator, reason)
    client.get("/ar/participation/transparency/")
    with django_assert_max_num_queries(8):
        client.get("/ar/participation/transparency/")
