"""Threads as they are read and written on a page."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.base import clock
from portal.participation.enums import CommentKind, CommentOrder, ModerationMode
from portal.participation.models import Comment, Subject
from portal.participation.ways import BY, REPLIES_AT_ONCE, THREADS_AT_ONCE, whole_number
from tests.factories import CommentFactory, PracticePageFactory, QuestionFactory, SessionPageFactory, UserFactory

HTMX = {"hx-request": "true"}


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")


@pytest.fixture
def signed_in(client, participant):
    client.force_login(participant)
    return client


def many(page, number, **fields):
    """Write so many comments at once, a minute between them; the first is the oldest."""
    subject, author = Subject.of(page.translation_key), UserFactory()
    rows = [Comment(subject=subject, author=author, text=f"رقم {n}.", language="ar", **fields) for n in range(number)]
    made = Comment.objects.bulk_create(rows)
    start = clock.now() - datetime.timedelta(days=30)
    for n, one in enumerate(made):
        one.created_at = start + datetime.timedelta(minutes=n)
    Comment.objects.bulk_update(made, ["created_at"])
    return made


def read(client, url, **kwargs):
    return BeautifulSoup(client.get(url, **kwargs).content, "html.parser")


def ids(html, under="#thread-list > li > .comment"):
    return [int(one["id"].removeprefix("comment-")) for one in html.select(under)]


def add(client, page, text="تجربة", **fields):
    return client.post(f"/ar/participation/{page.translation_key}/comments/", {"text": text, **fields})


def test_threads_are_read_newest_first_in_pages(client, page):
    made = many(page, THREADS_AT_ONCE + 2)
    first, second = (read(client, page.url + question) for question in ("", "?cpage=2"))
    assert ids(first) + ids(second) == [one.pk for one in reversed(made)]
    assert first.find(id="comments-next")["href"] == f"{page.url}?cpage=2#comments"
    assert second.find(id="comments-previous")["href"] == f"{page.url}#comments"
    assert first.find(id="comment-count").text == f"({len(made)})"


def test_the_order_is_chosen_and_kept_by_links(client, page):
    made = many(page, THREADS_AT_ONCE + 2)
    Comment.objects.filter(pk=made[5].pk).update(useful_count=9)
    Comment.objects.filter(pk=made[3].pk).update(useful_count=4)
    useful = read(client, f"{page.url}?comments=useful")
    assert ids(useful)[:3] == [made[5].pk, made[3].pk, made[-1].pk]
    assert useful.find(id="comments-next")["href"] == f"{page.url}?comments=useful&cpage=2#comments"
    assert useful.find(id="order-useful")["aria-current"]
    assert ids(read(client, f"{page.url}?comments=oldest"))[0] == made[0].pk


@pytest.mark.parametrize("value", ["0", "-1", "x", "9" * 40, "1e3", "٢", "", "%00", "999"])
@pytest.mark.parametrize("name", ["cpage", "thread", "rpage", "comments", "reply", "quote"])
def test_an_address_that_makes_no_sense_shows_the_page(signed_in, page, name, value):
    CommentFactory(page=page)
    response = signed_in.get(f"{page.url}?{name}={value}")
    assert response.status_code == 200
    assert ids(BeautifulSoup(response.content, "html.parser"))


def test_answers_are_folded_beyond_three(client, page):
    root = CommentFactory(page=page)
    answers = many(page, 7, parent=root)
    folded = read(client, page.url)
    assert ids(folded, f"#replies-{root.pk} .comment") == [one.pk for one in answers[:3]]
    link = folded.find(id=f"unfold-{root.pk}")
    assert "7" in link.text
    unfolded = read(client, link["href"].partition("#")[0])
    assert ids(unfolded, f"#replies-{root.pk} .comment") == [one.pk for one in answers]
    assert unfolded.find(id=f"unfold-{root.pk}") is None


def test_a_thread_with_very_many_answers_has_pages(client, page):
    root = CommentFactory(page=page)
    answers = many(page, REPLIES_AT_ONCE + 1, parent=root)
    second = read(client, f"{page.url}?thread={root.pk}&rpage=2")
    assert ids(second, f"#replies-{root.pk} .comment") == [answers[-1].pk]


def test_each_comment_has_its_own_language_and_direction(client, page):
    CommentFactory(page=page, text="Bravo à tous", language="fr")
    CommentFactory(page=page, text="شكرا", language="ar")
    found = {one["lang"]: one["dir"] for one in read(client, page.url).select("#comments .comment__text")}
    assert found == {"fr": "ltr", "ar": "rtl"}


def test_what_began_a_thread_leaves_its_place_when_it_is_gone(client, page):
    for gone in ("hidden_at", "removed_at"):
        root = CommentFactory(page=page, text="سر", **{gone: clock.now()})
        CommentFactory(page=page, parent=root, text="جواب")
        CommentFactory(page=page, text="سر آخر", **{gone: clock.now()})
    comments = read(client, page.url).find(id="comments")
    assert "سر" not in comments.get_text()
    assert len(comments.select(".comment--gone")) == 2
    assert comments.find(id="comment-count").text == "(2)"


def test_a_quote_of_what_is_gone_says_nothing_of_it(client, page):
    root = CommentFactory(page=page, text="الأصل")
    secret = CommentFactory(page=page, parent=root, text="سر كبير")
    CommentFactory(page=page, parent=root, quoted=secret, text="جواب")
    assert "سر كبير" in read(client, page.url).select_one(".comment__quoted").get_text()
    Comment.objects.filter(pk=secret.pk).update(hidden_at=clock.now())
    comments = read(client, page.url).find(id="comments")
    assert "سر كبير" not in comments.get_text()
    assert comments.select_one("p.comment__quoted")


def test_what_waits_is_shown_to_its_author_alone(signed_in, page, participant):
    own = CommentFactory(page=page, author=participant, published_at=None, text="ينتظر")
    shown = read(signed_in, page.url).find(id=f"comment-{own.pk}")
    assert "comment--waits" in shown["class"]
    assert "ينتظر" not in Client().get(page.url).content.decode()
    assert Client().get(f"/ar/participation/comments/{own.pk}/").status_code == 404
    other = Client()
    other.force_login(UserFactory())
    assert "ينتظر" not in other.get(page.url).content.decode()


def test_a_session_keeps_its_questions_apart(client, portal_site):
    session = SessionPageFactory(parent=portal_site.workshops["ar"])
    question, comment = QuestionFactory(page=session), CommentFactory(page=session)
    html = read(client, session.url)
    assert ids(html) == [comment.pk]
    assert client.get(f"/ar/participation/comments/{question.pk}/").url == f"{session.url}?questions=all#comment-{question.pk}"


def test_a_practice_has_its_questions_in_the_threads(signed_in, page):
    add(signed_in, page, "كم كلفت؟", kind="question")
    assert Comment.objects.get().kind == CommentKind.QUESTION
    assert ids(read(signed_in, page.url)) == [Comment.objects.get().pk]


@pytest.mark.parametrize("order", CommentOrder.values)
@pytest.mark.parametrize("which", [0, 1, 25, 44])
def test_the_address_of_a_comment_leads_to_its_page(client, page, order, which):
    made = many(page, 45)
    Comment.objects.filter(pk__in=[one.pk for one in made[::7]]).update(useful_count=3)
    place = client.get(f"/ar/participation/comments/{made[which].pk}/?comments={order}").url
    path, _hash, anchor = place.partition("#")
    assert anchor == f"comment-{made[which].pk}"
    assert made[which].pk in ids(read(client, path))


def test_the_address_of_an_answer_unfolds_its_thread(client, page):
    root = CommentFactory(page=page)
    answers = many(page, REPLIES_AT_ONCE + 1, parent=root)
    for answer, question in ((answers[2], ""), (answers[3], f"?thread={root.pk}"), (answers[-1], f"?thread={root.pk}&rpage=2")):
        place = client.get(f"/ar/participation/comments/{answer.pk}/").url
        assert place == f"{page.url}{question}#comment-{answer.pk}"


@pytest.mark.parametrize("pk", [1, 10**30])
@pytest.mark.parametrize("way", ["", "reply/", "history/"])
def test_a_comment_that_is_not_there_is_not_found(client, page, pk, way):
    assert client.get(f"/ar/participation/comments/{pk}/{way}").status_code == 404


@pytest.mark.parametrize("gone", ["hidden_at", "removed_at"])
def test_nothing_of_what_is_gone_is_found(signed_in, page, participant, gone):
    comment = CommentFactory(page=page, author=participant, **{gone: clock.now()})
    for way in ("", "reply/", "history/", "edit/", "take-back/"):
        assert signed_in.get(f"/ar/participation/comments/{comment.pk}/{way}").status_code == 404
    assert signed_in.post(f"/ar/participation/comments/{comment.pk}/useful/").status_code == 404


def test_a_comment_on_a_withdrawn_page_is_not_found(client, page):
    comment = CommentFactory(page=page)
    page.unpublish()
    assert client.get(f"/ar/participation/comments/{comment.pk}/").status_code == 404


def test_an_answer_is_written_without_javascript(signed_in, page):
    root = CommentFactory(page=page, text="الأصل")
    way = signed_in.get(f"/ar/participation/comments/{root.pk}/reply/?quote=1").url
    assert way == f"{page.url}?quote={root.pk}#reply-form-{root.pk}"
    form = read(signed_in, way.partition("#")[0]).find(id=f"reply-form-{root.pk}")
    assert "الأصل" in form.blockquote.get_text()
    words = {field["name"]: field.get("value", "") for field in form("input")}
    assert signed_in.post(form["action"], {**words, "text": "جواب"}).status_code == 302
    answer = Comment.objects.get(text="جواب")
    assert (answer.parent, answer.quoted) == (root, root)


def test_one_comes_back_to_the_order_in_which_one_read(signed_in, page):
    many(page, 2)
    form = read(signed_in, f"{page.url}?comments=oldest").find(id="comment-form")
    place = signed_in.post(form["action"], {"text": "تجربة"}).url
    assert place == f"{page.url}?comments=oldest#comment-{Comment.objects.latest('pk').pk}"


def test_an_answer_to_what_has_gone_comes_back_as_a_comment_of_its_own(signed_in, page):
    root = CommentFactory(page=page, hidden_at=clock.now())
    response = add(signed_in, page, "جواب", reply=root.pk)
    form = BeautifulSoup(response.content, "html.parser").find(id="comment-form")
    assert response.status_code == 422
    assert form.textarea.text.strip() == "جواب"
    assert form.find(attrs={"name": "reply"}) is None
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("reply", ["0", "-1", "x", "9" * 40, "999"])
def test_a_forged_answer_is_refused_with_its_text(signed_in, page, reply):
    response = add(signed_in, page, "جواب", reply=reply)
    assert response.status_code == 422
    assert "جواب" in response.content.decode()


def test_a_question_of_a_session_is_not_answered_among_comments(signed_in, portal_site):
    session = SessionPageFactory(parent=portal_site.workshops["ar"])
    question = QuestionFactory(page=session)
    assert signed_in.get(f"/ar/participation/comments/{question.pk}/reply/").status_code == 404
    assert add(signed_in, session, "جواب", reply=question.pk).status_code == 422


def test_a_megabyte_comes_back_with_an_error(signed_in, page):
    response = add(signed_in, page, "ن" * 500_000)
    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_htmx_is_given_the_new_thread_alone(signed_in, page):
    url = f"/ar/participation/{page.translation_key}/comments/"
    html = BeautifulSoup(signed_in.post(url, {"text": "تجربة"}, headers=HTMX).content, "html.parser")
    own = Comment.objects.get()
    assert html.find(id="comment-form").textarea.text.strip() == ""
    assert html.find(attrs={"hx-swap-oob": "afterbegin:#thread-list"}).find(id=f"comment-{own.pk}").has_attr("autofocus")
    assert html.find(id="comments-said")["role"] == "status"
    assert html.find(id="comment-count").text == "(1)"
    response = signed_in.post(url, {"text": "جواب", "reply": own.pk}, headers=HTMX)
    html = BeautifulSoup(response.content, "html.parser")
    assert html.find(attrs={"hx-swap-oob": f"beforeend:#replies-{own.pk}"}).find(string="جواب")
    assert html.find(id="comment-form") is None
    assert f'"draft": "{page.translation_key}:{own.pk}"' in response.headers["HX-Trigger"]


def test_who_is_not_signed_in_any_more_finds_the_text_after_signing_in(client, page, participant):
    root = CommentFactory(page=page)
    response = add(client, page, "لا يضيع", reply=root.pk)
    assert response.url.startswith("/ar/account/login/?next=")
    assert f"reply%3D{root.pk}" in response.url
    add(client, page, "ولا هذا", kind="experience")
    participant.set_password("a long password")
    participant.save()
    client.post("/ar/account/login/", {"login": participant.email, "password": "a long password"})
    assert SESSION_KEY in client.session
    html = read(client, f"{page.url}?reply={root.pk}")
    assert html.find(id=f"reply-form-{root.pk}").textarea.text.strip() == "لا يضيع"
    assert html.find(id="comment-form").textarea.text.strip() == "ولا هذا"
    assert html.find(id="comment-form").select_one("option[selected]")["value"] == "experience"
    add(client, page, "ولا هذا", kind="experience")
    html = read(client, page.url)
    assert html.find(id="comments")["data-received"] == f"{page.translation_key}:"
    assert html.find(id="comment-form").textarea.text.strip() == ""
    assert read(client, page.url).find(id="comments")["data-received"] == ""


def test_a_draft_can_be_discarded(client, page, participant):
    add(client, page, "لا أريده")
    client.force_login(participant)
    add(client, page, "لا أريده", discard="1")
    assert read(client, page.url).find(id="comment-form").textarea.text.strip() == ""
    assert not Comment.objects.exists()


def test_an_expired_form_shows_what_was_written(page, participant):
    client = Client(enforce_csrf_checks=True)
    client.force_login(participant)
    html = BeautifulSoup(add(client, page, "لا يضيع", next=page.url).content, "html.parser")
    assert html.find("textarea", readonly=True).text.strip() == "لا يضيع"
    assert html.find("a", href=page.url)
    for forged in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert "evil.example" not in add(client, page, "لا يضيع", next=forged).content.decode()


def test_an_author_changes_a_comment_and_its_history_is_read(signed_in, page, participant):
    own = CommentFactory(page=page, author=participant, text="قبل")
    edit = read(signed_in, page.url).find(id=f"comment-{own.pk}").find("a", href=f"/ar/participation/comments/{own.pk}/edit/")
    assert signed_in.get(edit["href"]).status_code == 200
    assert signed_in.post(edit["href"], {"text": " "}).status_code == 422
    assert signed_in.post(edit["href"], {"text": "Maintenant, nous le disons"}).status_code == 302
    own.refresh_from_db()
    assert (own.text, own.language) == ("Maintenant, nous le disons", "fr")
    link = read(Client(), page.url).find("a", href=f"/ar/participation/comments/{own.pk}/history/")
    history = read(Client(), link["href"]).main.get_text()
    assert "قبل" in history
    assert "Maintenant" in history


def test_an_edit_that_comes_too_late_loses_nothing(signed_in, page, participant):
    own = CommentFactory(page=page, author=participant, text="قبل")
    with clock.at(own.created_at + datetime.timedelta(minutes=16)):
        assert f"/comments/{own.pk}/edit/" not in signed_in.get(page.url).content.decode()
        response = signed_in.post(f"/ar/participation/comments/{own.pk}/edit/", {"text": "بعد"})
        assert signed_in.get(f"/ar/participation/comments/{own.pk}/edit/").status_code == 200
    assert response.status_code == 422
    assert "بعد" in response.content.decode()


def test_an_edit_of_somebody_signed_out_comes_back(client, page, participant):
    own = CommentFactory(page=page, author=participant, text="قبل")
    url = f"/ar/participation/comments/{own.pk}/edit/"
    assert client.post(url, {"text": "بعد"}).status_code == 302
    client.force_login(participant)
    assert read(client, url).textarea.text.strip() == "بعد"


@pytest.mark.parametrize("way", ["edit", "take-back"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_touches_what_others_wrote(client, page, moderator, way, method):
    comment = CommentFactory(page=page)
    client.force_login(moderator)
    assert getattr(client, method)(f"/ar/participation/comments/{comment.pk}/{way}/", {"text": "x"}).status_code == 403


def test_an_author_takes_a_comment_back(signed_in, page, participant):
    own = CommentFactory(page=page, author=participant, text="سر")
    url = f"/ar/participation/comments/{own.pk}/take-back/"
    assert "سر" in signed_in.get(url).content.decode()
    assert signed_in.post(url).status_code == 302
    assert "سر" not in read(signed_in, page.url).find(id="comments").get_text()


def test_useful_is_a_button_that_says_what_it_does(signed_in, page):
    comment = CommentFactory(page=page)
    url = f"/ar/participation/comments/{comment.pk}/useful/"
    assert signed_in.post(url, {"action": "useful"}).url == f"{page.url}#comment-{comment.pk}"
    button = read(signed_in, page.url).find(id=f"useful-{comment.pk}")
    assert (button["value"], button["aria-pressed"], button.bdi.text) == ("withdraw", "true", "1")
    html = BeautifulSoup(signed_in.post(url, {"action": "withdraw"}, headers=HTMX).content, "html.parser")
    assert (html.button["value"], html.button.bdi.text) == ("useful", "0")
    assert read(Client(), page.url).find(id=f"useful-{comment.pk}") is None


def test_a_closed_discussion_is_read_and_offers_no_form(signed_in, page):
    comment = CommentFactory(page=page)
    Subject.objects.update(moderation=ModerationMode.CLOSED)
    html = read(signed_in, page.url).find(id="comments")
    assert ids(html) == [comment.pk] or html.find(id=f"comment-{comment.pk}")
    assert html.find(id="comment-form") is None
    response = add(signed_in, page, "لا يضيع")
    assert response.status_code == 422
    assert "لا يضيع" in response.content.decode()


def test_signed_in_answers_are_kept_by_nobody(signed_in, page, participant):
    comment = CommentFactory(page=page, author=participant)
    for way in ("edit/", "take-back/", "history/", ""):
        assert "no-store" in signed_in.get(f"/ar/participation/comments/{comment.pk}/{way}").headers["Cache-Control"]


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(url)
    return len(found), [one["sql"] for one in found if 'participation_comment"' in one["sql"]]


@pytest.mark.parametrize("order", CommentOrder.values)
def test_a_page_costs_the_same_however_many_comments(client, page, participant, order):
    url = f"{page.url}?comments={order}"
    many(page, 1)
    one, signed = queries(client, url)[0], Client()
    signed.force_login(participant)
    one_signed = queries(signed, url)[0]
    roots = many(page, 50)
    for root in roots[-20:]:
        many(page, 22, parent=root)
    assert Comment.objects.count() >= 490
    assert queries(client, url)[0] == one
    assert queries(signed, url)[0] <= one_signed


@pytest.mark.parametrize("order", CommentOrder.values)
def test_threads_are_read_in_the_order_of_an_index(page, order):
    subject = Subject.of(page.translation_key)
    found = Comment.objects.filter(subject=subject).threads_seen_by(None).order_by(*BY[CommentOrder(order)])[:20]
    plan = found.explain()
    assert "participation_comment_" in plan
    if connection.vendor == "sqlite":
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan
        assert "SCAN participation_comment " not in plan


@pytest.mark.parametrize(("value", "number"), [("1", 1), ("50", 50), ("51", None), ("0", None), ("٣", None), (None, None)])
def test_whole_number(value, number):
    assert whole_number(value, 50) == number
