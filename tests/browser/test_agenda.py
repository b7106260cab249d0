"""The agenda in a real browser: with JavaScript, without it, offline; its private link; data blocks under the policy."""

import json

import pytest
from playwright.sync_api import expect

SESSION = "/ar/sessions/opening/"
OTHER = "/ar/sessions/power-to-propose/"
AGENDA = "/ar/sessions/agenda/"


def press(page, address):
    """Press the star of a session and wait until the server has heard of it."""
    page.goto(address)
    with page.expect_response("**/agenda/star/"):
        page.locator(".star__button").click()


def chosen(page):
    page.goto(AGENDA)
    return page.locator(".agenda-entry").count()


def stars(page):
    return next((cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "agenda"), "")


def test_a_star_is_a_toggle_that_every_page_knows(new_page):
    page = new_page("ar")
    press(page, SESSION)
    button = page.locator(".star__button")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-agenda-count]")).to_have_text("(1)")
    assert chosen(page) == 1
    page.goto(SESSION)
    button.focus()
    with page.expect_response("**/agenda/star/"):
        page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert stars(page) == ""


def test_stars_pressed_in_a_hurry_are_all_kept(new_page):
    page = new_page("ar")
    page.goto(SESSION)
    with page.expect_response("**/agenda/star/"):
        page.locator(".star__button").evaluate("button => { button.click(); button.click(); button.click(); }")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".star__button")).to_have_attribute("aria-pressed", "true")
    assert chosen(page) == 1


def test_without_javascript_a_star_is_added_and_removed_by_forms(new_page):
    page = new_page("ar", javascript=False)
    page.goto(SESSION)
    page.locator(".star__button").click()
    assert "#starred-" in page.url
    page.locator(".star__done").click()
    assert page.url.endswith(AGENDA)
    assert page.locator(".agenda-entry").count() == 1
    page.locator(".agenda-tools form button").click()
    assert page.locator("#feed").input_value().endswith(".ics")
    page.goto(AGENDA)
    page.locator(".agenda-entry__remove button").click()
    assert page.locator(".agenda-entry").count() == 0


def test_what_is_pressed_offline_is_told_later(new_page):
    page = new_page("ar")
    press(page, SESSION)
    page.goto(AGENDA)
    page.locator(".agenda-tools form button").click()
    feed = page.locator("#feed").input_value()
    page.goto(OTHER)
    page.context.set_offline(True)
    page.locator(".star__button").click()
    expect(page.locator(".star__button")).to_have_attribute("aria-pressed", "true")
    assert "+" in stars(page)
    with page.expect_response("**/agenda/star/"):
        page.context.set_offline(False)
    expect(page.locator(".star__button")).to_have_attribute("aria-pressed", "true")
    assert "+" not in stars(page)
    assert page.request.get(feed).text().count("BEGIN:VEVENT") == 2


def test_the_private_link_is_opened_elsewhere_and_revoked(new_page):
    page, elsewhere = new_page("ar"), new_page("ar", javascript=False)
    press(page, SESSION)
    page.goto(AGENDA)
    page.locator(".agenda-tools form button").click()
    link = page.locator("#address").input_value()
    assert elsewhere.goto(link).status == 200
    assert elsewhere.locator(".agenda-entry").count() == 1
    page.locator("details").last.locator("summary").click()
    page.locator("form[action$='/revoke/'] button").click()
    assert page.url.endswith(AGENDA)
    assert page.locator(".agenda-entry").count() == 1
    assert elsewhere.goto(link).status == 410
    assert elsewhere.request.get(link.rstrip("/") + ".ics").status == 410


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_pages_of_the_agenda_fit_the_smallest_phone_and_break_no_policy(new_page, language):
    page, complaints = new_page(language, width=320), []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(f"/{language}/sessions/opening/")
    data = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert data["@type"] == "Event"
    page.locator(".star__button").click()
    page.goto(f"/{language}/sessions/agenda/")
    for _page in range(2):
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.locator(".agenda-tools form button, .agenda-tools .button").first.click()
    assert complaints == []
