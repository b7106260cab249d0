"""What holds on every public page: it fits the smallest phone, asks nobody else for anything, and breaks no policy."""

from urllib.parse import urlsplit

import pytest

ADDRESSES = (
    "",
    "sessions/",
    "sessions/petitions-varied-and-exemplary/",
    "practices/",
    "practices/school-transport-petition-tafingoult/",
    "search/?q=transport",
    "legal-framework/",
    "account/signup/",
    "account/login/",
    "nothing-here/",
)
TEN_THOUSAND = "ع" * 10_000


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_page_fits_asks_nobody_and_breaks_no_policy(new_page, portal_server, language, dark):
    page = new_page(language, width=320, dark=dark)
    asked, complaints = set(), []
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in ADDRESSES:
        response = page.goto(f"/{language}/{address}")
        expected = 404 if address.startswith("nothing") else 200
        assert response.status == expected, address
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} px too wide"
        assert page.locator("h1").count() == 1, address
    assert asked == {urlsplit(portal_server.url).netloc}
    assert [text for text in complaints if "404" not in text] == []


def test_a_question_of_ten_thousand_letters_is_answered_in_the_reader_s_language(new_page, portal_server):
    page = new_page("ar")
    response = page.goto(f"/ar/search/?q={TEN_THOUSAND}")
    assert response.status == 200
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert "500" in page.locator("#results").inner_text()  # only the first characters were searched
