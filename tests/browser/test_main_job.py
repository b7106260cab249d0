"""The portal's main job, as a visitor lives it: in three languages, on a phone, with JavaScript and without."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import cms
from tests.browser.letters import confirm

PRACTICE = "school-transport-petition-tafingoult"
QUERIES = {"ar": "عرائض", "fr": "petition", "en": "petitions"}
"""A broken plural for عريضة, a French word without its accent, an English plural."""

NEW = {
    "ar": ("ممارسة منشورة للتو {}", "خلاصة قصيرة", "مشكل واضح يعاني منه السكان", "طنجة"),
    "fr": ("Pratique publiée à l’instant {}", "Un résumé court", "Un problème clair que vivent les habitants", "Tanger"),
    "en": ("Practice published just now {}", "A short summary", "A clear problem that the inhabitants live with", "Tanger"),
}

cases = pytest.mark.parametrize(
    ("language", "javascript"), [(language, js) for language in QUERIES for js in (True, False)], ids=lambda value: str(value)
)


def narrow(page: Page, facet: str) -> None:
    """Follow a facet's link; on a phone the facets are folded away."""
    link = page.locator(f"#results a[href*='{facet}']").first
    if not link.is_visible():
        page.locator("#results details:has(a[href*='theme='])").first.locator("summary").click()
    link.click()
    page.wait_for_url(f"**{facet}**")


def open_session(page: Page, language: str) -> None:
    """Go from the home page over the programme to a session."""
    page.goto(f"/{language}/")
    page.locator(f"a[href='/{language}/sessions/']").first.click()
    expect(page.locator("main time").first).to_be_visible()
    page.locator(f"main a[href='/{language}/sessions/petitions-varied-and-exemplary/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main a[href$='.pdf']").first).to_be_visible()


def sign_up(page: Page, email: str, read_mail: Callable[[str], str]) -> None:
    """Make an account from the page, and come back to it."""
    address = page.url
    page.locator("#comments a[href*='signup'], main a[href*='signup']").first.click()
    page.fill("input[name=display_name]", "زائرة Visiteuse")
    page.fill("input[name=email]", email)
    page.fill("input[name=password1]", "kalima-tawila-2020")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("[name=code]")).to_be_visible()
    confirm(page, read_mail(email))
    page.wait_for_url(f"{address.partition('#')[0]}**")


@cases
def test_a_visitor_reads_signs_up_takes_part_and_finds(new_page, portal_server, read_mail, language, javascript):
    page = new_page(language, javascript=javascript)
    open_session(page, language)

    page.goto(f"/{language}/practices/")
    narrow(page, "theme=school-transport")
    page.locator(f"#results a[href='/{language}/practices/{PRACTICE}/']").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    expect(page.locator("html")).to_have_attribute("lang", language)

    sign_up(page, f"{uuid.uuid4().hex}@example.org", read_mail)
    tag = f"وسم {language} {javascript}"
    page.fill("#tags input[name=tags]", f"{tag}، transport")
    page.locator("#tags button[type=submit]").click()
    expect(page.locator("#tags")).to_contain_text(tag)

    words = f"تجربة من عندنا <b>{language} {javascript}</b>"
    page.fill("#comments textarea[name=text]", words)
    page.locator("#comment-form button[type=submit]:not([name])").click()
    expect(page.locator("#comments")).to_contain_text(words)  # the tags are shown, not obeyed
    assert page.locator("#comments b").count() == 0

    page.goto(f"/{language}/search/")
    page.fill("main input[name=q]", QUERIES[language])
    page.locator("main form[role=search] button[type=submit], main form button[type=submit]").first.click()
    page.wait_for_url("**q=**")
    narrow(page, "theme=school-transport")
    hit = page.locator(f"#results a[href='/{language}/practices/{PRACTICE}/']")
    expect(hit).to_be_visible()
    expect(page.locator("#results mark").first).to_be_visible()


@cases
def test_what_a_facilitator_publishes_is_found_at_once(new_page, portal_server, language, javascript):
    title, summary, problem, place = NEW[language]
    title = title.format(uuid.uuid4().hex[:8])
    facilitator = new_page(language, width=cms.CMS_WIDTH)
    cms.sign_in(facilitator, portal_server.accounts()["facilitator"])
    cms.write_practice(facilitator, library_id(portal_server, language), title, summary, problem, place)
    cms.act(facilitator, "publish")

    visitor = new_page(language, javascript=javascript)
    visitor.goto(f"/{language}/practices/")
    visitor.fill("main input[name=q]", title)
    visitor.locator("main form[role=search] button[type=submit], main form button[type=submit]").first.click()
    visitor.wait_for_url("**q=**")
    visitor.locator("#results h3 a").first.click()
    expect(visitor.locator("h1")).to_have_text(re.compile(re.escape(title)))


def library_id(server, language: str) -> int:
    """Return the identifier of the library page in a language, as the API of Django's shell says it."""
    code = f"from good_practices.models import LibraryPage; print(LibraryPage.objects.get(locale__language_code='{language}').pk)"
    return int(server.manage("shell", "-v0", "-c", code).stdout.split()[-1])
