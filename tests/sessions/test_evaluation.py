"""What readers think of a session: once per browser, without names."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from portal.base import clock
from sessions.domain import keep_evaluation
from sessions.enums import EvaluationState, SessionStatus
from sessions.live import evaluation_state
from sessions.models import Evaluation, SessionPage
from sessions.views import evaluation as views
from tests.factories import SessionPageFactory

NINE = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
END = NINE + datetime.timedelta(minutes=90)
SECOND = datetime.timedelta(seconds=1)
DAYS = datetime.timedelta(days=30)
URL = "/ar/sessions/water/evaluation/"
ANSWERS = {"useful": "5", "clear": "4", "heard": "3", "technical": "1", "next_step": "سنكتب عريضة"}


@pytest.fixture
def page(portal_site):
    return SessionPageFactory(parent=portal_site.workshops["ar"], slug="water", starts_at=NINE)


@pytest.fixture
def after(page):
    with clock.at(END):
        yield page


def read(response):
    return BeautifulSoup(response.content, "html.parser").main


def ticket(client):
    return read(client.get(URL)).find(attrs={"name": "ticket"})["value"]


def send(client, **changes):
    return client.post(URL, {**ANSWERS, "ticket": ticket(client), **changes})


@pytest.mark.parametrize(
    ("moment", "status", "expected"),
    [
        (END - SECOND, "confirmed", EvaluationState.NOT_YET),
        (END, "confirmed", EvaluationState.OPEN),
        (END + DAYS - SECOND, "confirmed", EvaluationState.OPEN),
        (END + DAYS, "confirmed", EvaluationState.CLOSED),
        (END, "cancelled", EvaluationState.CANCELLED),
    ],
)
def test_when_a_session_is_evaluated(client, page, moment, status, expected):
    SessionPage.objects.filter(pk=page.pk).update(status=SessionStatus(status))
    page.refresh_from_db()
    with clock.at(moment):
        assert evaluation_state(page) == expected
        response = client.get(URL)
        refused = client.post(URL, ANSWERS)
        assert bool(read(response).form) is (expected == EvaluationState.OPEN)
        if expected != EvaluationState.OPEN:
            assert refused.status_code == 403
            with pytest.raises(ValidationError):
                keep_evaluation(page, Evaluation(useful=1, clear=1, heard=1, technical=1), "ar")
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("role", ["anonymous", "participant", "moderator", "facilitator"])
def test_what_is_answered_is_kept_and_nothing_of_who(client, after, role, request):
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    response = send(client)
    kept = Evaluation.objects.get()
    assert (response.status_code, response.url) == (302, URL)
    assert [kept.useful, kept.clear, kept.heard, kept.technical, kept.next_step] == [5, 4, 3, 1, "سنكتب عريضة"]
    assert (kept.session_key, kept.language, kept.submitted_on) == (after.translation_key, "ar", END.date())
    names = {field.name for field in Evaluation._meta.get_fields()}
    assert names == {"id", "session_key", *Evaluation.RATINGS, "next_step", "language", "submitted_on"}
    cookie = response.cookies["evaluated"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert read(client.get(URL)).form is None


def test_once_per_browser(client, after):
    send(client)
    assert client.post(URL, ANSWERS).status_code == 200
    send(Client())
    assert Evaluation.objects.count() == 2


def test_a_form_that_is_sent_twice_counts_once(client, after):
    number = ticket(client)
    for _ in range(2):
        again = Client()
        assert again.post(URL, {**ANSWERS, "ticket": number}).status_code == 302
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "\x00", "x" * 201])
def test_a_forged_or_old_form_comes_back_with_all_and_is_then_taken(client, after, forged):
    response = client.post(URL, {**ANSWERS, "ticket": forged})
    form = read(response).form
    assert response.status_code == 422
    assert form.find("textarea").get_text().strip() == ANSWERS["next_step"]
    assert form.find("input", attrs={"name": "useful", "value": "5"}).has_attr("checked")
    fresh = form.find(attrs={"name": "ticket"})["value"]
    assert client.post(URL, {**ANSWERS, "ticket": fresh}).status_code == 302
    assert Evaluation.objects.count() == 1


def test_a_forged_cookie_is_no_cookie(client, after):
    client.cookies["evaluated"] = after.translation_key.hex[:16]
    assert read(client.get(URL)).form


def test_other_sessions_are_evaluated_too(client, portal_site, after):
    SessionPageFactory(parent=portal_site.workshops["ar"], slug="road", starts_at=NINE)
    send(client)
    other = URL.replace("water", "road")
    number = read(client.get(other)).find(attrs={"name": "ticket"})["value"]
    client.post(other, {**ANSWERS, "ticket": number})
    assert read(client.get(other)).form is None
    assert read(client.get(URL)).form is None


def test_a_session_is_evaluated_once_in_all_its_languages(client, portal_site, after):
    SessionPageFactory(parent=portal_site.workshops["fr"], slug="eau", translation_of=after, starts_at=NINE)
    send(client)
    assert read(client.get("/fr/sessions/eau/evaluation/")).form is None


@pytest.mark.parametrize("name", Evaluation.RATINGS)
@pytest.mark.parametrize("answer", ["", "0", "6", "-1", "x", "٣x", "4.5", "\x00", "1" * 1000])
def test_an_answer_that_is_none_is_asked_for_again(client, after, name, answer):
    response = send(client, **{name: answer})
    main = read(response)
    assert response.status_code == 422
    assert main.find(role="alert").find("a", href=f"#id_{name}")
    assert main.find(id=f"id_{name}")  # where the summary leads
    assert main.find("textarea").get_text().strip() == ANSWERS["next_step"]
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("text", ["x" * 1001, "ن" * 500_000, "a\x00b"])
def test_words_that_cannot_be_kept_come_back(client, after, text):
    response = send(client, next_step=text)
    assert response.status_code == 422
    assert read(response).find("textarea")["aria-invalid"] == "true"
    assert not Evaluation.objects.exists()


def test_invisible_characters_are_not_kept(client, after):
    send(client, next_step="a\u202eb\u200b ")
    assert Evaluation.objects.get().next_step == "ab"


def test_an_expired_form_is_refused(after):
    assert Client(enforce_csrf_checks=True).post(URL, ANSWERS).status_code == 403


def test_many_answers_from_one_connection_wait(client, after, monkeypatch):
    monkeypatch.setattr(views, "LIMIT", 2)
    for _ in range(2):
        assert send(Client()).status_code == 302
    response = send(client)
    assert response.status_code == 429
    assert read(response).find("textarea").get_text().strip() == ANSWERS["next_step"]
    assert send(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302
    assert Evaluation.objects.count() == 3


def test_behind_a_trusted_proxy_each_connection_counts_apart(client, after, monkeypatch, settings):
    monkeypatch.setattr(views, "LIMIT", 1)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(2):
        assert send(Client(headers={"x-forwarded-for": f"6.6.6.6, 192.0.2.{number}"})).status_code == 302
    assert send(Client(headers={"x-forwarded-for": "7.7.7.7, 192.0.2.1"})).status_code == 429  # what a visitor claims counts not


def test_what_a_visitor_claims_is_nothing_without_a_proxy(client, after, monkeypatch):
    monkeypatch.setattr(views, "LIMIT", 1)
    assert send(Client(headers={"x-forwarded-for": "192.0.2.1"})).status_code == 302
    assert send(Client(headers={"x-forwarded-for": "192.0.2.2"})).status_code == 429


def test_the_connection_is_kept_nowhere(client, after):
    send(Client(REMOTE_ADDR="192.0.2.77"))
    assert "192.0.2.77" not in repr(cache._cache)


def test_the_form_says_what_is_kept_and_is_no_ones_cache(client, after):
    response = client.get(URL)
    assert read(response).find(class_="form__privacy")
    assert "no-store" in response.headers["Cache-Control"]


def test_each_question_is_a_group_with_its_words(client, after):
    groups = read(client.get(URL))("fieldset")
    assert len(groups) == 4
    assert all(group.legend.get_text(strip=True) and len(group("input", type="radio")) == 5 for group in groups)
