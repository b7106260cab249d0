"""Keeping practices for later: on a small telephone in Arabic, with JavaScript and without, up to comparing two of them."""

import pytest
from playwright.sync_api import Page, expect

SMALL = 360
FIRST, SECOND = "school-transport-petition-tafingoult", "student-coach-line-targuist"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def keep(page: Page, slug: str) -> str:
    """Keep a practice from its page, and return its title."""
    page.goto(f"/ar/practices/{slug}/")
    title = page.locator("h1").inner_text()
    page.locator(".page-header [data-bookmark] button").click()
    return title


@pytest.mark.parametrize("javascript", [True, False])
def test_practices_are_kept_compared_and_let_go(new_page, javascript):
    page = new_page("ar", javascript=javascript, width=SMALL)
    titles = []
    for slug in (FIRST, SECOND):
        titles.append(keep(page, slug))
        link = page.locator(".page-header [data-bookmark] a:visible")
        expect(link).to_have_count(1)
        assert page.evaluate(WIDE) <= 0
    link.click()
    page.wait_for_url("**/practices/bookmarks/")
    assert set(page.locator("main .card__title").all_inner_texts()) == set(titles)
    assert page.evaluate(WIDE) <= 0
    page.locator(".compare-pick button").click()
    page.wait_for_url("**/practices/compare/?*")
    assert set(page.locator(".compare-pair a").all_inner_texts()) == set(titles)
    assert page.evaluate(WIDE) <= 0
    page.goto("/ar/practices/bookmarks/")
    page.locator(".bookmark__remove button").first.click()
    expect(page.locator("main .card__title")).to_have_count(1)


def test_a_second_press_lets_go(new_page):
    page = new_page("ar", width=SMALL)
    keep(page, FIRST)
    button = page.locator(".page-header [data-bookmark] button")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".page-header [data-bookmark] a:visible")).to_have_count(0)
    page.goto("/ar/practices/bookmarks/")
    expect(page.locator("main .card__title")).to_have_count(0)
