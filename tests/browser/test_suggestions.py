"""Suggestions while one writes: with the keyboard, with a pointer, from right to left, and none where there is no JavaScript."""

import pytest
from playwright.sync_api import Page, expect

FIELD = "form[role=search] input[type=search]"
TYPED = {"ar": "النقل", "fr": "transport", "en": "school"}


def write(page: Page, language: str, text: str):
    """Write in the search page's field and return its list of suggestions, shown."""
    page.goto(f"/{language}/search/")
    field = page.locator(f"main {FIELD}")
    field.press_sequentially(text)
    options = page.locator("main [role=listbox]")
    expect(options).to_be_visible()
    return field, options


@pytest.mark.parametrize("language", TYPED)
def test_the_keyboard_chooses_and_goes(new_page, language):
    page = new_page(language)
    field, options = write(page, language, TYPED[language])
    first = options.locator("[role=option]").first

    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    assert (
        field.evaluate("field => document.getElementById(field.getAttribute('aria-controls')).getAttribute('role')") == "listbox"
    )
    field.press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "false")
    field.press("ArrowDown")
    address = first.get_attribute("data-url")
    field.press("Enter")
    page.wait_for_url(f"**{address}")


def test_escape_closes_and_keeps_what_was_written_and_enter_then_searches(new_page):
    page = new_page("fr")
    field, options = write(page, "fr", "transport")

    field.press("Escape")
    expect(options).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("transport")
    field.press("Enter")
    page.wait_for_url("**/fr/search/?q=transport")
    expect(page.locator("#results .hits").first).to_be_visible()


def test_a_pointer_chooses_and_leaving_the_field_closes(new_page):
    page = new_page("fr", width=1280)
    field, options = write(page, "fr", "transport")
    field.blur()
    expect(options).to_be_hidden()

    _field, options = write(page, "fr", "transport")
    first = options.locator("[role=option]").first
    address = first.get_attribute("data-url")
    first.click()
    page.wait_for_url(f"**{address}")


def test_the_list_lies_within_the_page_in_both_directions(new_page):
    for language in ("ar", "fr"):
        page = new_page(language, width=390)
        _field, options = write(page, language, TYPED[language])
        box = options.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert options.evaluate("list => getComputedStyle(list).direction") == ("rtl" if language == "ar" else "ltr")


def test_the_header_of_every_page_suggests_too(new_page):
    page = new_page("fr", width=1280)
    page.goto("/fr/sessions/")
    page.locator(f"header {FIELD}").press_sequentially("transport")

    expect(page.locator("header [role=option]").first).to_be_visible()


def test_without_javascript_the_field_is_a_plain_field(new_page):
    page = new_page("fr", javascript=False)
    page.goto("/fr/search/")
    field = page.locator(f"main {FIELD}")

    assert field.get_attribute("role") is None
    field.fill("transport")
    field.press("Enter")
    page.wait_for_url("**/fr/search/?q=transport")
