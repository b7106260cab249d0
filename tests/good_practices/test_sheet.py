"""The sheet: one page, whatever stands on it, with words that can be read and copied."""

import pypdfium2
import pytest
from django.core.cache import caches

from good_practices.models import ResultFigure
from good_practices.sheet.content import cut
from good_practices.views import sheet as views
from tests.factories import OrganisationFactory, PracticePageFactory

LONG = "<p>" + "كانت الطريق طويلة والتلميذات يمشين ساعة كل صباح. " * 120 + "</p>"


@pytest.fixture
def make(portal_site):
    def made(language="ar", **fields):
        page = PracticePageFactory(
            parent=portal_site.libraries[language], organisations=[OrganisationFactory(name_en="Hope")], **fields
        )
        ResultFigure.objects.create(page=page, value="78", unit="%", label="pupils", locale=page.locale)
        return page

    return made


def read(client, page):
    response = client.get(f"{page.url}sheet.pdf")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(response.content)
    return document, document[0].get_textpage().get_text_bounded()


def test_it_tells_the_practice_in_short(client, make):
    _document, text = read(client, make("en", title="A bus", illustrative=True, problem="<p>No bus.</p>"))
    for words in ("A bus", "No bus.", "Hope", "17 January 2019", "78", "pupils", "Illustrative example", "How to cite"):
        assert words in text


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_however_much_there_is_it_is_one_page(client, make, language):
    texts = dict.fromkeys(("problem", "action", "reply", "result"), LONG)
    needs = {f"needed_{name}": "خمسة أعضاء. " * 80 for name in ("people", "time", "money", "partners", "texts")}
    document, _text = read(client, make(language, title="عنوان طويل " * 20, **texts, **needs))
    assert len(document) == 1


def test_it_is_drawn_once_for_what_stands_on_it(client, make, monkeypatch):
    page = make("en", title="One")
    drawn = []
    monkeypatch.setattr(views, "draw", lambda content: drawn.append(content.title) or b"%PDF")
    client.get(f"{page.url}sheet.pdf")
    client.get(f"{page.url}sheet.pdf")
    page.title = "Two"
    page.save()
    client.get(f"{page.url}sheet.pdf")
    assert drawn == ["One", "Two"]
    caches["files"].clear()


@pytest.mark.parametrize("title", ["", "😀 \u202e \u0000 \ud83d", "<b>&", "x" * 255])
def test_any_title_can_be_drawn(make, title):
    from good_practices.sheet import draw, sheet_of

    page = make("ar")
    page.title = title
    assert draw(sheet_of(page, "https://example.org/")).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("One. Two. Three.", 99, "One. Two. Three."),
        ("One. Two. Three.", 11, "One. Two. […]"),
        ("ما العمل؟ الكثير والكثير.", 12, "ما العمل؟ […]"),
        ("One long sentence", 9, "One long…"),
        ("", 5, ""),
    ],
)
def test_texts_are_cut_at_the_ends_of_sentences(text, most, expected):
    assert cut(text, most) == expected
