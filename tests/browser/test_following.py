"""Following on a small telephone in Arabic, without JavaScript: from a page through the sign-in to the list, and back out."""

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.letters import confirm
from tests.browser.test_live import fits

LIST = "/ar/account/following/"


def sign_up(page: Page, read_mail: Callable[[str], str]) -> None:
    """Make an account from where the reader was led, and come back."""
    page.locator("main a[href*='signup']").first.click()
    page.fill("input[name=display_name]", "زائرة")
    address = f"{uuid.uuid4().hex}@example.org"
    page.fill("input[name=email]", address)
    page.fill("input[name=password1]", "kalima-tawila-2020")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("[name=code]")).to_be_visible()
    confirm(page, read_mail(address))


@pytest.mark.parametrize("javascript", [False, True])
def test_a_reader_follows_a_practice_and_stops(new_page, read_mail, javascript):
    page = new_page("ar", javascript=javascript, width=360)
    page.goto("/ar/practices/")
    page.locator(".hits a").first.click()
    title = page.locator("h1").inner_text()
    page.locator("a.follow[href*='kind=practice']").click()
    sign_up(page, read_mail)
    expect(page.locator("main")).to_contain_text(title)
    assert fits(page)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(title)
    form = page.locator("form.follow", has=page.locator("input[value=practice]"))
    expect(form.locator("button")).to_have_attribute("value", "0")
    assert fits(page)

    discussion = page.locator("form.follow", has=page.locator("input[value=discussion]"))
    discussion.locator("button").click()
    expect(discussion.locator("button")).to_have_attribute("value", "0")

    page.goto(LIST)
    assert fits(page)
    expect(page.locator("button[value=stop]")).to_have_count(2)
    page.locator("input[name=value][value=daily]").check()
    page.locator("main form.form button[type=submit]").first.click()
    expect(page.locator("input[name=value][value=daily]")).to_be_checked()
    page.locator("main a[href$='/preview/']").click()
    assert fits(page)
    page.goto(LIST)
    page.locator("button[value=stop]").first.click()
    expect(page.locator("button[value=stop]")).to_have_count(1)


def test_a_saved_search_is_followed(new_page, read_mail):
    page = new_page("ar", javascript=False, width=360)
    page.goto("/ar/search/?q=الماء")
    page.locator("a.follow").click()
    sign_up(page, read_mail)
    page.locator("main form button[type=submit]").click()
    page.goto(LIST)
    expect(page.locator("main")).to_contain_text("الماء")
    assert fits(page)
