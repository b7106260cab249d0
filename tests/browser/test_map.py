"""The map with the keyboard, from right to left, and without a script."""

import re

from playwright.sync_api import expect

WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_keyboard_goes_through_the_map_to_a_commune_in_arabic(new_page):
    page = new_page("ar", width=320, javascript=False)
    page.goto("/ar/practices/map/")
    page.locator("#filter-instrument").focus()
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")
    expect(page.locator(".map__skip")).to_be_focused()
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(set(seen)) == 12
    assert all(re.search("ممارس", name) for name in seen)
    focused = page.locator(".map__area:focus-visible path")
    assert focused.evaluate("path => getComputedStyle(path).strokeWidth") == "5px"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ar/places/\d\d/$"))
    expect(page.locator("h1")).to_be_visible()
    page.locator(".place-list__link").first.press("Enter")
    page.wait_for_url(re.compile(r"/ar/places/\d\d\.\d+/$"))
    page.locator("details.more summary").first.press("Enter")
    page.locator(".place-list__link").last.press("Enter")
    page.wait_for_url(re.compile(r"/ar/places/\d\d\.\d+\.\d+\.\d+/$"))
    assert page.evaluate(WIDE) <= 0


def test_the_map_can_be_skipped(new_page):
    page = new_page("fr")
    page.goto("/fr/practices/map/")
    page.locator(".map__skip").press("Enter")
    expect(page.locator("#places")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".place-list__link").first).to_be_focused()


def test_a_filter_stays_on_the_way(new_page):
    page = new_page("ar", javascript=False)
    page.goto("/ar/practices/map/")
    page.locator("#filter-theme").select_option("environment")
    page.locator(".filter-row button").press("Enter")
    page.wait_for_url(re.compile("theme=environment"))
    page.locator(".place-list__link").first.click()
    page.wait_for_url(re.compile(r"/ar/places/\d\d/\?theme=environment$"))
    assert page.locator("#filter-theme").input_value() == "environment"


def test_a_commune_is_found_by_its_first_letters(new_page):
    page = new_page("ar", width=360)
    page.goto("/ar/practices/map/")
    field = page.locator("#place-search")
    field.press_sequentially("تافنكو")
    expect(page.locator("main [role=option]").first).to_contain_text("تافنكولت")
    assert page.evaluate(WIDE) <= 0
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(re.compile(r"/ar/places/\d\d\.\d+\.\d+\.\d+/$"))
    expect(page.locator("h1")).to_have_text("تافنكولت")


def test_without_a_script_the_places_found_are_a_list(new_page):
    page = new_page("fr", javascript=False, width=360)
    page.goto("/fr/practices/map/")
    page.fill("#place-search", "tafin")
    page.locator(".place-search button").click()
    page.locator(".place-found a").first.click()
    expect(page.locator("h1")).to_have_text("Tafingoult")
