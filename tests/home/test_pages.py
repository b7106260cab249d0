"""The first page, plain pages, and what is said where there is no page."""

import datetime

import pytest
from bs4 import BeautifulSoup

from portal.base import clock
from portal.home.models import KeyFigure
from tests.factories import PracticePageFactory, SessionPageFactory, SpeakerFactory, StandardPageFactory, ThemeFactory


def read(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
@pytest.mark.parametrize("path", ["", "sessions/", "practices/", "search/", "account/login/"])
def test_every_page_says_its_language_and_direction(portal_site, client, language, direction, path):
    html = read(client, f"/{language}/{path}").html
    assert (html["lang"], html["dir"]) == (language, direction)
    assert len(html("h1")) == 1
    assert html.title.string.strip(" ·\n")


def test_the_first_page_says_what_the_portal_is(portal_site, client):
    main = read(client, "/ar/").main
    assert main.h1.string == "معا من أجل ديمقراطية محلية"
    assert "ورشة ومكتبة" in main.get_text()
    assert main.find("form", role="search")["action"] == "/ar/search/"


def test_the_first_page_shows_the_six_newest_practices_of_its_language(portal_site, client, committed):
    days = [datetime.datetime(2020, 1, day, tzinfo=datetime.UTC) for day in range(1, 9)]
    with committed():
        for day in days:
            PracticePageFactory(parent=portal_site.libraries["ar"], title=f"practice {day.day}", first_published_at=day)
        PracticePageFactory(parent=portal_site.libraries["fr"], title="française")
        PracticePageFactory(parent=portal_site.libraries["ar"], title="draft", live=False)
    main = read(client, "/ar/").main
    titles = [link.string for link in main("a", hreflang="ar")]
    assert titles == [f"practice {day}" for day in (8, 7, 6, 5, 4, 3)]
    assert main.find("a", href="/ar/practices/?theme=school-transport").find_all("bdi")[-1].string.strip("()") == "9"


@pytest.mark.parametrize(("hour", "expected"), [(8, {"first"}), (10, {"first"}), (11, {"second"}), (15, set())])
def test_the_first_page_leads_to_the_session_that_is_on_or_comes_next(portal_site, client, hour, expected):
    moment = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
    for place, title in enumerate(("first", "second")):
        SessionPageFactory(
            parent=portal_site.workshops["en"], title=title, starts_at=moment + datetime.timedelta(hours=2 * place)
        )
    with clock.at(moment.replace(hour=hour)):
        main = read(client, "/en/").main
    assert {link.string for link in main("a")} & {"first", "second"} == expected


def test_key_figures_bear_their_source(portal_site, client):
    KeyFigure.objects.create(
        value="235", label_ar="جمعية", label_fr="associations", source_ar="المصدر", source_fr="Dossier", as_of="2020-11-23"
    )
    text = read(client, "/fr/").main.get_text(" ")
    for words in ("235", "associations", "Dossier"):
        assert words in text


@pytest.mark.parametrize("number", [1, 7])
def test_the_first_page_costs_the_same_however_full(portal_site, client, committed, number, django_assert_num_queries):
    moment = datetime.datetime(2020, 11, 23, 8, tzinfo=datetime.UTC)
    with committed():
        for hour in range(number):
            PracticePageFactory(parent=portal_site.libraries["ar"], themes=ThemeFactory.create_batch(2))
            SessionPageFactory(
                parent=portal_site.workshops["ar"], starts_at=moment + datetime.timedelta(hours=hour), speakers=[SpeakerFactory()]
            )
            StandardPageFactory(parent=portal_site.homes["ar"])
            KeyFigure.objects.create(value="1", label_ar="أ", label_fr="a", source_ar="م", source_fr="s", as_of=moment)
    client.get("/ar/")
    with django_assert_num_queries(24):
        main = read(client, "/ar/").main
    assert len(main("a", hreflang="ar")) == min(number, 6)


def test_a_plain_page_shows_its_blocks_in_order(portal_site, client):
    body = [
        ("heading", "Les règles"),
        ("paragraph", "<p>Restez courtois.</p>"),
        ("quote", {"text": "Écoutez", "source": "Aïcha"}),
    ]
    page = StandardPageFactory(parent=portal_site.homes["fr"], title="Règles", body=body)
    main = read(client, page.url).main
    assert main.h1.string == "Règles"
    assert main.h2.string == "Les règles"
    text = main.get_text()
    assert -1 < text.index("Restez courtois.") < text.index("Écoutez") < text.index("Aïcha")


def test_html_in_a_heading_is_shown_as_text(portal_site, client):
    page = StandardPageFactory(parent=portal_site.homes["fr"], title="a", body=[("heading", "<script>alert(1)</script>")])
    assert read(client, page.url).main.h2.string == "<script>alert(1)</script>"


def test_the_footer_leads_to_the_plain_pages_of_the_language(portal_site, client):
    home = portal_site.homes["fr"]
    shown = StandardPageFactory(parent=home)
    StandardPageFactory(parent=home, in_footer=False)
    StandardPageFactory(parent=home, live=False)
    StandardPageFactory(parent=portal_site.homes["ar"])
    nav = read(client, "/fr/practices/").footer.nav
    assert [link["href"] for link in nav("a")] == [shown.url]


@pytest.mark.parametrize(
    ("path", "language", "direction"),
    [
        ("/fr/nothing/", "fr", "ltr"),
        ("/ar/sessions/nothing/", "ar", "rtl"),
        ("/en/practices/nothing/at/all/", "en", "ltr"),
        ("/de/", "ar", "rtl"),
        ("/nothing/", "ar", "rtl"),
        ("/fr/%00/", "fr", "ltr"),
        ("/fr/" + "x" * 2000 + "/", "fr", "ltr"),
    ],
)
def test_an_unknown_address_is_not_found_in_the_right_language(portal_site, client, path, language, direction):
    response = client.get(path, headers={"accept-language": "ar"}, follow=True)
    html = BeautifulSoup(response.content, "html.parser").html
    assert response.status_code == 404
    assert (html["lang"], html["dir"]) == (language, direction)
    assert html.main.find("a", href=f"/{language}/practices/")
    assert html.main.find("form", role="search")["action"] == f"/{language}/search/"
    assert html.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_a_page_in_the_wrong_language_is_not_found(portal_site, client):
    StandardPageFactory(parent=portal_site.homes["ar"], slug="about")
    assert client.get("/fr/about/").status_code == 404
