"""Questions: asked, voted for, answered, on the pages that ask for them."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import PageViewRestriction

from portal.base import clock
from portal.participation import questions
from portal.participation.domain import questions as domain
from portal.participation.enums import CommentKind
from portal.participation.models import Comment, Vote
from portal.people.enums import Role
from sessions.enums import SessionStatus
from tests.factories import CommentFactory, PracticePageFactory, QuestionFactory, SessionPageFactory, UserFactory

HTMX = {"hx-request": "true"}
BEFORE, DURING, AFTER = (datetime.datetime(2020, 11, 23, hour, 30, tzinfo=datetime.UTC) for hour in (8, 9, 11))
ROLES = ["anonymous", "participant", "moderator", "facilitator"]


@pytest.fixture
def page(portal_site):
    """A session from 9:00 to 10:30."""
    return SessionPageFactory(parent=portal_site.workshops["ar"], slug="water")


@pytest.fixture
def signed_in(client, participant):
    client.force_login(participant)
    return client


@pytest.fixture
def during():
    with clock.at(DURING):
        yield


def enter(client, role, request):
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    return client


def ask_url(page, language="ar"):
    return f"/{language}/participation/{page.translation_key}/questions/"


def act_url(question, act):
    return f"/ar/participation/questions/{question.pk}/{act}/"


def part(response, identifier):
    return BeautifulSoup(response.content, "html.parser").find(id=identifier)


def votes_of(question):
    return question.votes.count()


# --- What may be done --------------------------------------------------------------------------------------------------------


def test_a_vote_counts_once(page, participant):
    question = QuestionFactory(page=page)
    for _ in range(3):
        domain.vote(question, participant)
    assert votes_of(question) == 1
    for _ in range(2):
        domain.withdraw_vote(question, participant)
    assert votes_of(question) == 0


def test_nobody_votes_for_their_own_question(page):
    question = QuestionFactory(page=page)
    with pytest.raises(ValidationError):
        domain.vote(question, question.author)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("fields", [{"hidden_at": DURING}, {"kind": CommentKind.COMMENT}, {"kind": CommentKind.RESOURCE}])
def test_only_questions_that_are_seen_are_voted_for(page, participant, fields):
    with pytest.raises(ValidationError):
        domain.vote(QuestionFactory(page=page, **fields), participant)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("role", ["moderator", "facilitator"])
def test_those_who_run_the_session_answer(page, role, request):
    question, person = QuestionFactory(page=page), request.getfixturevalue(role)
    with clock.at(DURING):
        domain.mark_answered(question, person, "نعم", "ar")
    with clock.at(AFTER):
        domain.mark_answered(question, person, "Oui", "fr")
    question.refresh_from_db()
    assert (question.answered_at, question.answered_by) == (DURING, person)
    assert (question.answer, question.answer_language) == ("Oui", "fr")
    domain.unmark_answered(question, person)
    question.refresh_from_db()
    assert not question.is_answered
    assert question.answer == "Oui"  # kept for the next answer, and not shown


def test_participants_do_not_answer_not_even_their_own_question(page, participant):
    question = QuestionFactory(page=page, author=participant)
    for act in (domain.mark_answered, domain.unmark_answered):
        with pytest.raises(PermissionDenied):
            act(question, participant)


def test_only_questions_are_answered(page, moderator):
    with pytest.raises(ValidationError):
        domain.mark_answered(CommentFactory(page=page), moderator)


# --- What is shown -----------------------------------------------------------------------------------------------------------


def test_questions_stand_apart_the_most_wanted_first(client, page, during):
    texts = {QuestionFactory(page=page, votes=votes).pk: votes for votes in (1, 0, 3, 0)}
    comment = CommentFactory(page=page)
    response = client.get(page.url)
    shown = [int(article["id"].removeprefix("comment-")) for article in part(response, "questions")("article")]
    assert shown == sorted(texts, key=lambda pk: (-texts[pk], pk))
    assert [one["id"] for one in part(response, "comments")("article")] == [f"comment-{comment.pk}"]


def test_a_practice_keeps_one_discussion(client, portal_site):
    practice = PracticePageFactory(parent=portal_site.libraries["ar"])
    question = QuestionFactory(page=practice)
    response = client.get(practice.url)
    assert part(response, "questions") is None
    assert part(response, "comments").find(id=f"comment-{question.pk}")


def test_a_hidden_question_leaves_the_page(client, page, during):
    question = QuestionFactory(page=page, hidden_at=DURING)
    assert part(client.get(page.url), f"comment-{question.pk}") is None


@pytest.mark.parametrize(
    ("moment", "status", "form"),
    [(BEFORE, "confirmed", True), (DURING, "confirmed", True), (AFTER, "confirmed", False), (BEFORE, "cancelled", False)],
)
def test_one_asks_until_the_end(signed_in, page, moment, status, form):
    page.status = SessionStatus(status)
    page.save()
    question = QuestionFactory(page=page)
    with clock.at(moment):
        section = part(signed_in.get(page.url), "questions")
    assert bool(section.find(attrs={"name": "text"})) is form
    assert section.find(id=f"comment-{question.pk}")  # it stays to be read


def test_there_is_nothing_where_nobody_asked_in_time(client, page):
    with clock.at(AFTER):
        assert part(client.get(page.url), "questions") is None


def test_an_answer_is_shown_with_its_language_and_who_gave_it(client, page, facilitator):
    question = QuestionFactory(page=page)
    domain.mark_answered(question, facilitator, "Oui <b>", "fr")
    article = part(client.get(page.url), f"comment-{question.pk}")
    assert article.find(lang="fr").get_text(strip=True) == "Oui <b>"
    assert article.find("bdi", string=facilitator.display_name)


def test_beyond_a_number_only_who_asks_sees_all(client, page, during, monkeypatch):
    monkeypatch.setattr(questions, "QUESTIONS_SHOWN", 2)
    QuestionFactory.create_batch(4, page=page)
    section = part(client.get(page.url), "questions")
    assert len(section("article")) == 2
    assert section.h2.bdi.string == "(4)"
    assert (
        len(part(client.get(section.find("a", href=lambda href: "questions=all" in href)["href"]), "questions")("article")) == 4
    )


@pytest.mark.parametrize("role", ROLES)
def test_what_each_may_do_is_what_each_is_shown(client, page, during, role, request):
    own, other = QuestionFactory(page=page), QuestionFactory(page=page)
    if role != "anonymous":
        Comment.objects.filter(pk=own.pk).update(author=request.getfixturevalue(role))
    response = enter(client, role, request).get(page.url)
    assert bool(part(response, f"vote-{other.pk}")) is (role != "anonymous")
    assert part(response, f"vote-{own.pk}") is None
    assert bool(part(response, f"answer-{other.pk}")) is (role in ("moderator", "facilitator"))
    assert bool(part(response, "questions").find("a", rel="nofollow", href=lambda href: "login" in href)) is (role == "anonymous")


# --- What is sent ------------------------------------------------------------------------------------------------------------


def test_a_question_is_kept_and_leads_back_to_itself(signed_in, page, participant, during):
    response = signed_in.post(ask_url(page, "fr"), {"text": "Et l’eau ?"})
    question = Comment.objects.get()
    assert (response.status_code, response.url) == (302, f"/ar/sessions/water/#comment-{question.pk}")
    assert (question.kind, question.language, question.author) == (CommentKind.QUESTION, "fr", participant)


def test_a_comment_on_a_session_is_no_question(signed_in, page, during):
    signed_in.post(f"/ar/participation/{page.translation_key}/comments/", {"text": "تجربة", "kind": "question"})
    assert Comment.objects.get().kind == CommentKind.COMMENT


def test_htmx_is_given_the_questions(signed_in, page, during):
    response = signed_in.post(ask_url(page), {"text": "متى؟"}, headers=HTMX)
    section = part(response, "questions")
    assert section.find(role="status")
    assert section.find(string="متى؟")


@pytest.mark.parametrize("written", ["", " \u200b", "ن" * 1001, "x" * 1_000_000, "a\x00"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_wrong_question_comes_back(signed_in, page, during, written, headers):
    response = signed_in.post(ask_url(page), {"text": written}, headers=headers)
    field = part(response, "questions").find("textarea")
    assert field["aria-invalid"] == "true"
    assert field.get_text().strip() == written.strip()
    assert not Comment.objects.exists()


def test_a_question_that_comes_too_late_is_not_lost(signed_in, page):
    with clock.at(AFTER):
        response = signed_in.post(ask_url(page), {"text": "سؤال متأخر"})
    assert response.status_code == 422
    assert "سؤال متأخر" in part(response, "questions").find("textarea").get_text()
    assert not Comment.objects.exists()


def test_only_pages_that_ask_take_questions(signed_in, portal_site):
    practice = PracticePageFactory(parent=portal_site.libraries["ar"])
    assert signed_in.post(ask_url(practice), {"text": "متى؟"}).status_code == 404
    assert signed_in.get(ask_url(practice), headers=HTMX).status_code == 404


@pytest.mark.parametrize("act", ["ask", "vote", "answer"])
def test_who_is_not_signed_in_is_led_to_sign_in_and_back(client, page, during, act):
    url = ask_url(page) if act == "ask" else act_url(QuestionFactory(page=page), act)
    response = client.post(url, {"text": "متى؟", "action": "vote"})
    assert (response.status_code, response.url.split("?")[0]) == (302, "/ar/account/login/")
    assert client.post(url, {}, headers=HTMX).headers["HX-Redirect"].startswith("/ar/account/login/?next=/ar/")
    assert not Vote.objects.exists()


def test_a_vote_is_given_and_taken_back(signed_in, page, during):
    question = QuestionFactory(page=page)
    url = act_url(question, "vote")
    response = signed_in.post(url, {"action": "vote"})
    assert (response.status_code, response.url) == (302, f"/ar/sessions/water/#comment-{question.pk}")
    fragment = part(signed_in.post(url, {"action": "vote"}, headers=HTMX), "question-list")
    assert votes_of(question) == 1
    assert fragment.find(id=f"vote-{question.pk}")["value"] == "withdraw"
    signed_in.post(url, {"action": "withdraw"})
    assert votes_of(question) == 0


def test_another_persons_vote_is_theirs(client, page, during, participant):
    question = QuestionFactory(page=page, votes=2)
    client.force_login(participant)
    client.post(act_url(question, "vote"), {"action": "withdraw"})
    assert votes_of(question) == 2


def test_a_vote_for_ones_own_question_is_refused_in_words(signed_in, page, participant, during):
    question = QuestionFactory(page=page, author=participant)
    response = signed_in.post(act_url(question, "vote"), headers=HTMX)
    assert response.status_code == 422
    assert part(response, "question-list").find(role="alert")
    assert votes_of(question) == 0


@pytest.mark.parametrize("act", ["vote", "answer"])
@pytest.mark.parametrize("pk", ["0", "999", "99999999999999999999999", "x", "-1"])
def test_a_forged_number_is_not_found(client, page, moderator, act, pk):
    client.force_login(moderator)
    assert client.post(f"/ar/participation/questions/{pk}/{act}/", {"action": "vote"}).status_code == 404


@pytest.mark.parametrize("act", ["vote", "answer"])
def test_what_nobody_may_read_is_not_acted_on(client, page, moderator, act):
    client.force_login(moderator)
    hidden, comment, private = QuestionFactory(page=page, hidden_at=DURING), CommentFactory(page=page), QuestionFactory(page=page)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for one in (hidden, comment, private):
        assert client.post(act_url(one, act), {"action": "vote"}).status_code == 404


def test_a_vote_by_get_leads_to_the_question_and_counts_nothing(signed_in, page, during):
    question = QuestionFactory(page=page)
    assert signed_in.get(act_url(question, "vote")).url == f"/ar/sessions/water/#comment-{question.pk}"
    assert votes_of(question) == 0


@pytest.mark.parametrize("role", ROLES)
def test_who_answers(client, page, role, request):
    question = QuestionFactory(page=page)
    response = enter(client, role, request).post(act_url(question, "answer"), {"action": "mark"})
    question.refresh_from_db()
    assert response.status_code == {"participant": 403}.get(role, 302)
    assert question.is_answered is (role in ("moderator", "facilitator"))


def test_an_answer_is_written_changed_and_taken_back(client, page, facilitator):
    client.force_login(facilitator)
    question = QuestionFactory(page=page)
    url = act_url(question, "answer")
    assert question.text in client.get(url).content.decode()
    client.post(url, {"answer": "  نعم  "})
    client.post(url, {"action": "unmark"})
    question.refresh_from_db()
    assert (question.is_answered, question.answer) == (False, "نعم")
    client.post(url, {"action": "mark"}, headers=HTMX)
    question.refresh_from_db()
    assert (question.is_answered, question.answer) == (True, "نعم")


def test_an_answer_that_is_too_long_comes_back(client, page, facilitator):
    client.force_login(facilitator)
    question = QuestionFactory(page=page)
    response = client.post(act_url(question, "answer"), {"answer": "x" * 2001})
    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()
    question.refresh_from_db()
    assert not question.is_answered


# --- The list that refreshes itself ------------------------------------------------------------------------------------------


def test_the_list_is_asked_for_again_only_while_the_session_is_live(client, page):
    QuestionFactory(page=page)
    found = {}
    for moment in (BEFORE, DURING, AFTER):
        with clock.at(moment):
            found[moment] = part(client.get(page.url), "question-list").get("hx-trigger")
    assert found == {BEFORE: None, DURING: "every 60s", AFTER: None}


def test_a_list_that_says_the_same_is_not_sent_again(client, page, during):
    question = QuestionFactory(page=page)
    first = client.get(ask_url(page), headers=HTMX)
    seen = part(first, "questions-seen")["value"]
    assert client.get(ask_url(page), {"seen": seen}, headers=HTMX).status_code == 204
    domain.vote(question, UserFactory())
    assert client.get(ask_url(page), {"seen": seen}, headers=HTMX).status_code == 200


def test_after_the_end_the_list_stops_asking(client, page):
    QuestionFactory(page=page)
    with clock.at(AFTER):
        response = client.get(ask_url(page), headers=HTMX)
    assert response.status_code == 286
    assert part(response, "question-list").get("hx-get") is None


def test_without_htmx_the_list_is_on_the_page(client, page):
    response = client.get(ask_url(page))
    assert response.url == "/ar/sessions/water/#questions"
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize("number", [1, 7])
def test_the_list_costs_the_same_however_long(client, page, during, number, participant, django_assert_num_queries):
    client.force_login(participant)
    for _ in range(number):
        domain.mark_answered(QuestionFactory(page=page, votes=2), UserFactory(role=Role.MODERATOR))
    client.get(ask_url(page), headers=HTMX)
    with django_assert_num_queries(9):
        client.get(ask_url(page), headers=HTMX)


def test_moderators_see_the_kind_and_filter_by_it(client, page, moderator):
    QuestionFactory(page=page, text="متى؟")
    CommentFactory(page=page, text="تجربة")
    client.force_login(moderator)
    found = client.get("/cms/comment/", {"kind": "question"})
    assert [one.text for one in found.context["object_list"]] == ["متى؟"]
    assert "kind" in found.content.decode()
