"""How to cite: words, BibTeX and CSL-JSON."""

import json

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from good_practices.citing import citation_of
from good_practices.enums import Licence
from tests.factories import OrganisationFactory, PracticePageFactory

AWKWARD = r"50 % of {all} & #1_$ \cmd ~ ^ طريق"


@pytest.fixture
def page(portal_site):
    association = OrganisationFactory(name_ar="جمعية الأمل", name_fr="Association Espoir & Cie", name_en="Hope & Co")
    return PracticePageFactory(parent=portal_site.libraries["ar"], title="طريق إلى المدرسة", organisations=[association])


def test_bibtex_escapes_what_is_special_to_tex_and_leaves_arabic(page):
    page.title = AWKWARD
    entry = citation_of(page, "https://example.org/a%20b_c").bibtex
    assert r"title = {{50 \% of \{all\} \& \#1\_\$ \textbackslash{}cmd \textasciitilde{} \textasciicircum{} طريق}}" in entry
    assert "url = {https://example.org/a%20b_c}" in entry
    assert "langid = {arabic}" in entry


def test_bibtex_and_csl_are_files_of_the_practice(client, page):
    bibtex = client.get(f"{page.url}cite.bib")
    assert bibtex.headers["Content-Type"].startswith("application/x-bibtex")
    assert "author = {{جمعية الأمل}}" in bibtex.content.decode()
    (item,) = json.loads(client.get(f"{page.url}cite.json").content)
    assert (item["title"], item["language"], item["author"]) == ("طريق إلى المدرسة", "ar", [{"literal": "جمعية الأمل"}])
    assert item["URL"].endswith(page.url)


def test_what_xml_cannot_carry_is_left_out(page):
    page.title = "a\x00b\ud800c"
    assert json.loads(citation_of(page, "").csl_json)[0]["title"] == "abc"
    assert "title = {{abc}}" in citation_of(page, "").bibtex


def test_the_words_are_in_the_readers_language_and_say_what_is_invented(page):
    page.illustrative = True
    with translation.override("en"):
        words = citation_of(page, "").words
    assert words.startswith("Hope & Co (")
    assert words.endswith("Illustrative example.")


def test_unchanged_it_costs_nothing(client, page):
    etag = client.get(f"{page.url}cite.bib").headers["ETag"]
    assert client.get(f"{page.url}cite.bib", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("end", ["cite.bib", "cite.json", "history/", "report/", "report/sent/", "sheet.pdf"])
@pytest.mark.parametrize("slug", ["draft", "none", "%00", "%ED%A0%80", "a" * 3000])
def test_what_is_not_public_is_not_found(client, portal_site, end, slug):
    PracticePageFactory(parent=portal_site.libraries["ar"], slug="draft", live=False)
    assert client.get(f"/ar/practices/{slug}/{end}").status_code == 404


def test_the_page_links_the_licence(client, page):
    page.licence = Licence.CC_BY_SA
    page.save()
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert html.find("a", rel="license")["href"] == "https://spdx.org/licenses/CC-BY-SA-4.0.html"
