"""Tags and endorsements: in Arabic on a small telephone without JavaScript, and tags suggested from right to left with it."""

import re

import pytest
from playwright.sync_api import Page, expect

SMALL = 360
PRACTICE = "/ar/practices/school-transport-petition-tafingoult/"
NAME = "association-tariq-al-madrasa-dar-chaffai"
JOIN = f"""
from django.utils import timezone
from portal.people.models import Membership, Organisation, User
person, organisation = User.objects.get(email={{email!r}}), Organisation.objects.get(slug={NAME!r})
Membership.objects.get_or_create(person=person, organisation=organisation, defaults={{{{"verified_at": timezone.now()}}}})
"""


def signed_in(page: Page, server) -> Page:
    account = server.accounts()["participant"]
    page.goto(f"/ar/account/login/?next={PRACTICE}")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", account.password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"**{PRACTICE}")
    return page


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def add(page: Page, tags: str) -> None:
    page.fill("#tags input[name=tags]", tags)
    page.locator("#tags .inline-form button").click()


def test_a_tag_is_given_read_and_taken_back_without_javascript(new_page, portal_server):
    page = signed_in(new_page(javascript=False, width=SMALL), portal_server)
    add(page, "قنطرة الدوار، القنطرات")
    tag = page.locator("#tags a.tag", has_text="قنطرة الدوار")
    expect(tag).to_be_visible()
    assert fits(page)
    tag.click()
    page.wait_for_url(re.compile("/ar/tags/"))
    expect(page.locator("h1")).to_have_text("قنطرة الدوار")
    expect(page.locator("#results .hits")).to_contain_text("تافنكولت")
    assert fits(page)
    page.goto("/ar/tags/")
    expect(page.locator(".tag-index")).to_contain_text("القنطرات")
    assert fits(page)
    page.goto(PRACTICE)
    page.locator("#tags li", has_text="قنطرة الدوار").locator("button").click()
    expect(page.locator("#tags a.tag", has_text="قنطرة الدوار")).to_have_count(0)


def test_an_organisation_says_that_it_did_it_too_without_javascript(new_page, portal_server):
    account = portal_server.accounts()["participant"]
    portal_server.manage("shell", "-c", JOIN.format(email=account.email))
    page = signed_in(new_page(javascript=False, width=SMALL), portal_server)
    page.locator(".inspiration a[href*=endorse]").click()
    page.locator("[name=kind][value=did_it]").check()
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator("main .field__errors")).to_be_visible()
    page.fill("[name=text]", "حافلة واحدة لخمسة دواوير")
    page.locator("main form.form button[type=submit]").click()
    expect(page.get_by_role("main").locator("a[href$='/same/']")).to_be_visible()
    assert fits(page)
    page.goto(PRACTICE)
    expect(page.locator(".inspiration")).to_contain_text("حافلة واحدة لخمسة دواوير")
    assert fits(page)


@pytest.mark.parametrize("key", ["Enter", "click"])
def test_a_suggested_tag_is_taken_and_writing_goes_on(new_page, portal_server, key):
    page = signed_in(new_page(width=SMALL), portal_server)
    add(page, "المدرسة الجماعاتية")
    expect(page.locator("#tags .notice")).to_be_visible()  # the part that htmx put in place suggests, too
    field = page.locator("#tags input[name=tags]")
    field.press_sequentially("ماء، مدرس")
    option = page.locator("#tags [role=option]").first
    expect(option).to_have_text(re.compile("المدرسة الجماعاتية"))
    box = page.locator("#tags [role=listbox]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= SMALL
    if key == "click":
        option.click()
    else:
        field.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        field.press("Enter")
    expect(field).to_have_value("ماء، المدرسة الجماعاتية، ")
    expect(page.locator("#tags [role=listbox]")).to_be_hidden()
    expect(field).to_be_focused()
