"""Exporting the library and importing it into an empty one gives the same library, in every format, with nasty texts."""

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from good_practices.exchange import rich
from good_practices.exchange.cells import as_lines, from_lines, neutralised, plain, restored
from good_practices.exchange.formats import write as write_as
from good_practices.models import ImportedRow, PracticeEvidence, PracticePage, PracticeStage, ResultFigure
from portal.people.models import Organisation
from portal.vocabulary.models import Axis, Territory, Theme
from tests.factories import PracticePageFactory
from tests.factories.pages import locale
from tests.factories.people import OrganisationFactory
from tests.good_practices.exchange_data import empty, exported, prepare, run

NASTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "''@x",
        "-",
        "\\-",
        "\\n",
        "a\nb",
        "a;b",
        '"',
        "a\tb",
        "+212 5",
        "<b>",
        "&amp;",
        "_x0041_",
        "٣٤",
        "x|y",
        "\u2028",
        "#",
    ]
)
WORDS = NASTY.map(plain).map(lambda text: f"ن{text}"[:120])
HTML = st.lists(NASTY.map(lambda text: rich.paragraphs(plain(text))), max_size=3).map("".join) | st.sampled_from(
    [
        '<p data-block-key="x1">a <b>b</b></p><ul><li>c</li></ul>',
        "<p>a<br/>b</p>",
        '<p><a href="https://example.org/?a=1&amp;b=2">x</a></p>',
    ]
)


@given(st.text())
def test_a_neutralised_text_is_given_back(text):
    text = plain(text)
    assert restored(neutralised(text)) == text
    assert not neutralised(text).lstrip().startswith(("=", "+", "@", "-"))
    assert neutralised(text) != "-"


@given(st.lists(st.text().map(plain), min_size=1))
def test_lines_are_given_back(items):
    assert from_lines(as_lines(items)) == items


@given(st.text() | HTML)
def test_rich_text_becomes_stable(html):
    once = rich.canonical(html)
    assert rich.canonical(once) == once
    assert rich.from_cell(plain(rich.to_cell(html))) == once


@st.composite
def practice(draw):
    languages = draw(st.sets(st.sampled_from(["ar", "fr", "en"]), min_size=1))
    figures = draw(
        st.lists(st.tuples(st.decimals(-9999, 9999, places=2), NASTY.map(lambda text: plain(text)[:30].strip())), max_size=2)
    )
    days = sorted(draw(st.lists(st.dates(datetime.date(2015, 1, 1), datetime.date(2020, 1, 1)), min_size=2, max_size=2)))
    words = {
        language: {
            **{name: draw(WORDS) for name in ("title", "needed_people")},
            **{name: draw(NASTY) for name in ("summary", "needed_texts", "institutionalising_act", "note", "evidence")},
            **{name: draw(HTML) for name in ("action", "reply", "lessons")},
            "problem": draw(HTML) or "<p>x</p>",
        }
        for language in sorted(languages)
    }
    return {"words": words, "figures": figures, "days": days, "credit": draw(NASTY), "identifier": draw(WORDS)}


def _association():
    slug = "association-one"
    return Organisation.objects.filter(slug=slug).first() or OrganisationFactory(slug=slug)


def _make(site, number, drawn):
    first = None
    for language, words in drawn["words"].items():
        own = {name: words[name] for name in words if name not in ("note", "evidence")}
        page = PracticePageFactory(
            parent=type(site.libraries[language]).objects.get(pk=site.libraries[language].pk),
            slug=f"practice-{number}",
            translation_of=first,
            territory=Territory.objects.get(code="99.1"),
            themes=list(Theme.objects.all()[:2]),
            axes=list(Axis.objects.all()[:1]),
            organisations=[_association()] if number else [],
            stages=[],
            external_id=f"{number} {drawn['identifier']}"[:120],
            credit=drawn["credit"],
            illustrative=bool(number),
            **own,
        )
        _children(page, first, drawn, words)
        first = first or page


def _children(page, first, drawn, words):
    where = locale(page.locale.language_code)
    for order, (kind, day) in enumerate(zip(("filed", "answered"), drawn["days"], strict=True)):
        PracticeStage.objects.create(page=page, kind=kind, date=day, note=words["note"], sort_order=order, locale=where)
    for relation, model, rows in (
        ("figures", ResultFigure, [{"value": value, "unit": unit, "label": words["title"]} for value, unit in drawn["figures"]]),
        ("evidence", PracticeEvidence, [{"title": words["title"]}, {"title": "-", "link": "https://example.org/=1"}]),
    ):
        keys = [row.translation_key for row in getattr(first, relation).all()] if first else []
        for order, row in enumerate(rows):
            key = {"translation_key": keys[order]} if keys else {}
            model.objects.create(page=page, sort_order=order, locale=where, **row, **key)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "jsonl"])
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=st.lists(practice(), min_size=1, max_size=2))
def test_export_then_import_is_the_same_library(portal_site, tmp_path, kind, drawn):
    with transaction.atomic():
        _goes_round(portal_site, tmp_path, kind, drawn)
        transaction.set_rollback(True)


def _goes_round(portal_site, tmp_path, kind, drawn):
    prepare()
    for number, one in enumerate(drawn):
        _make(portal_site, number, one)
    before = exported()
    write_as(before, tmp_path / f"library.{kind}", kind)
    empty()
    counts, errors = run(tmp_path / f"library.{kind}")
    assert errors == []
    assert counts.created == len(drawn)
    assert exported() == before
    write_as(exported(), tmp_path / f"again.{kind}", kind)
    ImportedRow.objects.all().delete()
    counts, errors = run(tmp_path / f"again.{kind}")
    assert (counts.unchanged, errors) == (len(drawn), [])
    assert PracticePage.objects.count() == sum(len(one["words"]) for one in drawn)
