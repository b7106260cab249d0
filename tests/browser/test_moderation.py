"""A discussion kept good, in a real browser: reported, hidden, explained, appealed, shown again."""

import uuid

from playwright.sync_api import Page, expect

from tests.browser import cms
from tests.operations.serving import Account

PHONE = 360
PASSWORD = "un-souk-vert-7-heures"
ANOTHER = f"""
from portal.people.domain import give_role
from portal.people.domain.addresses import confirm_address
from portal.people.enums import Role
from portal.people.models import User
person = User.objects.create_user("second-moderator@example.org", {PASSWORD!r}, display_name="مشرفة ثانية")
confirm_address(person)
give_role(person, Role.MODERATOR)
"""
PRACTICE = "school-transport-petition-tafingoult"


def sign_in(page: Page, account: Account) -> None:
    page.goto("/ar/account/login/")
    page.locator("[name=login]").fill(account.email)
    page.locator("[name=password]").fill(account.password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login/" not in url)


def test_a_comment_is_reported_hidden_appealed_and_shown_again(new_page, portal_server):
    accounts = portal_server.accounts()
    text = f"رأيي في هذه التجربة {uuid.uuid4().hex[:6]}"

    author = new_page("ar", javascript=False, width=PHONE)
    sign_in(author, accounts["participant"])
    author.goto(f"/ar/practices/{PRACTICE}/")
    place = author.url
    author.locator("#comments textarea").fill(text)
    author.locator("#comments form button[type=submit]").last.click()
    expect(author.locator("#comments")).to_contain_text(text)

    reader = new_page("ar", javascript=False, width=PHONE)
    reader.goto(place)
    reader.locator("#comments article", has_text=text).locator(".comment__report").click()
    reader.locator("input[value=off_topic]").check()
    reader.locator("main form button[type=submit]").first.click()
    expect(reader.locator("main h1")).to_be_visible()
    expect(reader.locator("main form")).to_have_count(0)
    assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE

    desk = new_page("ar", width=cms.CMS_WIDTH)
    cms.sign_in(desk, accounts["moderator"])
    desk.goto("/cms/moderation/?tab=reported")
    row = desk.locator("[data-row]", has_text=text)
    desk.keyboard.press("j")
    row.focus()
    desk.keyboard.press("x")
    expect(row.locator("[name=pick]")).to_be_checked()
    desk.keyboard.press("h")
    expect(desk.locator("select[name=reason]")).to_be_focused()
    desk.locator("select[name=reason]").select_option(index=6)
    row.focus()
    desk.keyboard.press("h")
    expect(desk.locator("[data-row]", has_text=text)).to_have_count(0)

    author.goto(place)
    expect(author.locator("#comments")).not_to_contain_text(text)
    author.goto("/ar/account/comments/")
    author.locator(".card", has_text=text).locator("a[href*='/appeal/']").click()
    author.locator("main textarea").fill("هو في صميم الموضوع.")
    author.locator("main form button[type=submit]").first.click()
    expect(author.locator(".card", has_text=text)).to_be_visible()

    desk.goto("/cms/moderation/?tab=appeals")
    desk.locator("[data-row]", has_text=text).locator("button[value^='grant:']").click()
    desk.goto("/cms/moderation/?tab=appeals")
    expect(desk.locator("[data-row]", has_text=text)).to_be_visible()  # whoever hid it does not decide

    portal_server.manage("shell", "-c", ANOTHER)
    other = new_page("ar", width=cms.CMS_WIDTH)
    cms.sign_in(other, Account("moderator", "second-moderator@example.org", PASSWORD))
    other.goto("/cms/moderation/?tab=appeals")
    other.locator("[data-row]", has_text=text).locator("button[value^='grant:']").click()
    expect(other.locator("[data-row]", has_text=text)).to_have_count(0)
    author.goto(place)
    expect(author.locator("#comments")).to_contain_text(text)
