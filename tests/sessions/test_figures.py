"""What facilitators see of the evaluations: figures from three answers on, and never who."""

import csv
import io
import uuid

import pytest
from bs4 import BeautifulSoup

from sessions.figures import figures_of, overview
from sessions.views.report import EvaluationsView
from tests.factories import EvaluationFactory, SessionPageFactory

ROLES = ["anonymous", "participant", "moderator", "facilitator"]


@pytest.fixture
def page(portal_site):
    return SessionPageFactory(parent=portal_site.workshops["ar"], title="جلسة الماء")


@pytest.fixture
def desk(client, facilitator):
    client.force_login(facilitator)
    return client


def url(page, rest=""):
    return f"/cms/session_evaluations/{page.translation_key}/{rest}"


@pytest.mark.parametrize("number", [0, 1, 2])
def test_few_answers_are_only_counted(desk, page, number):
    EvaluationFactory.create_batch(number, page=page, next_step="كلام يعرف صاحبه")
    figures = figures_of(page.translation_key)
    assert (figures.count, figures.ratings, figures.texts) == (number, [], [])
    html = desk.get(url(page)).content.decode()
    assert "كلام يعرف صاحبه" not in html
    assert "rating-" not in html
    assert overview([page.translation_key]) == ({page.translation_key: (number, None)} if number else {})
    assert desk.get(url(page, "export.csv")).status_code == 404


def test_three_answers_are_figures(page):
    for useful in (1, 5, 5):
        EvaluationFactory(page=page, useful=useful)
    figures = figures_of(page.translation_key)
    useful = figures.ratings[0]
    assert (useful.name, round(useful.mean, 2)) == ("useful", 3.67)
    assert [(bar.answer, bar.count, bar.percent) for bar in useful.bars] == [
        (1, 1, 33),
        (2, 0, 0),
        (3, 0, 0),
        (4, 0, 0),
        (5, 2, 67),
    ]
    assert useful.bars[4].height == 2 * useful.bars[0].height > 0
    assert [bar.x for bar in useful.bars] == [0, 40, 80, 120, 160]
    assert [bar.x for bar in figures_of(page.translation_key, mirrored=True).ratings[0].bars] == [160, 120, 80, 40, 0]
    assert overview([page.translation_key])[page.translation_key] == (3, pytest.approx((11 / 3 + 12) / 4))


def test_sessions_are_counted_apart(page, portal_site):
    other = SessionPageFactory(parent=portal_site.workshops["ar"])
    EvaluationFactory.create_batch(3, page=page)
    EvaluationFactory(page=other)
    assert figures_of(other.translation_key).count == 1


def test_words_are_in_no_order_of_time(page):
    for text in ("ج", "أ", "ب"):
        EvaluationFactory(page=page, next_step=text)
    assert [text for _language, text in figures_of(page.translation_key).texts] == ["أ", "ب", "ج"]


def test_the_chart_stands_beside_a_table(desk, page):
    EvaluationFactory.create_batch(4, page=page, next_step="<script>alert(9)</script>")
    html = desk.get(url(page)).content.decode()
    sections = BeautifulSoup(html, "html.parser").find_all(
        "section", attrs={"aria-labelledby": lambda name: name and "rating-" in name}
    )
    assert len(sections) == 4
    for section in sections:
        assert section.svg["aria-hidden"] == "true"
        assert [cell.get_text() for cell in section.table("td")][6:8] == ["4", "100%"]
    assert "<script>alert(9)" not in html


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("where", ["index", "session", "export"])
def test_figures_are_for_facilitators(client, page, role, where, request):
    EvaluationFactory.create_batch(3, page=page)
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    address = {"index": "/cms/session_evaluations/", "session": url(page), "export": url(page, "export.csv")}[where]
    assert (client.get(address).status_code == 200) is (role == "facilitator")


def test_the_answers_as_csv_obey_nobody(desk, page):
    for text in ("=HYPERLINK(1)", "+1", "كلام"):
        EvaluationFactory(page=page, next_step=text)
    response = desk.get(url(page, "export.csv"))
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert response.headers["Content-Type"].startswith("text/csv")
    assert sorted(row[4] for row in rows[1:]) == ["'+1", "'=HYPERLINK(1)", "كلام"]
    assert [row[:4] for row in rows[1:]] == [["4"] * 4] * 3
    assert "2020" not in text  # no day


def test_a_forged_key_is_not_found(desk, page):
    for key in (uuid.uuid4(), "x", "00"):
        assert desk.get(f"/cms/session_evaluations/{key}/", follow=True).status_code == 404


def test_the_header_says_where_one_is(desk, page):
    for address, title in (("/cms/session_evaluations/", None), (url(page), page.title)):
        labels = [item["label"] for item in desk.get(address).context["breadcrumbs_items"]]
        assert labels[1:] == [EvaluationsView.page_title, *([title] if title else [])]


def test_the_session_in_the_cms_leads_to_its_figures(desk, page, client, moderator):
    assert url(page) in desk.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert "/cms/session_evaluations/" in desk.get("/cms/").content.decode()
    assert url(page) not in desk.get(f"/cms/pages/{page.get_parent().pk}/edit/").content.decode()


@pytest.mark.parametrize("number", [1, 5])
def test_the_overview_costs_the_same_however_many(desk, portal_site, number, django_assert_num_queries):
    for _ in range(number):
        EvaluationFactory.create_batch(3, page=SessionPageFactory(parent=portal_site.workshops["ar"]))
    desk.get("/cms/session_evaluations/")
    with django_assert_num_queries(11):
        assert len(desk.get("/cms/session_evaluations/").context["rows"]) == number
