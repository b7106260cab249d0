"""What all pages and named things share."""

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import get_language, override

from tests.factories import StandardPageFactory


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_a_preview_is_in_the_page_s_language_whatever_language_is_active(portal_site, rf, language, direction):
    page = StandardPageFactory(parent=portal_site.homes[language], title="عنوان")
    with override("en"):
        response = page.serve_preview(rf.get("/"), page.default_preview_mode)
        assert get_language() == "en"
    html = BeautifulSoup(response.content, "html.parser").html
    assert (html["lang"], html["dir"]) == (language, direction)


def test_the_summary_describes_the_page_to_machines(portal_site, client):
    page = StandardPageFactory(parent=portal_site.homes["fr"], summary='Un "résumé" <court>')
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert html.head.find("meta", attrs={"name": "description"})["content"] == 'Un "résumé" <court>'
