"""A discussion as people live it on a phone: write, answer, quote, change, take back; without JavaScript, and with it."""

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.letters import confirm
from tests.browser.test_live import fits
from tests.browser.test_main_job import PRACTICE, sign_up

PLACE = f"/ar/practices/{PRACTICE}/"


def enter(page: Page, read_mail: Callable[[str], str]) -> None:
    """Sign up and come to the practice."""
    page.goto(PLACE)
    sign_up(page, f"{uuid.uuid4().hex}@example.org", read_mail)
    page.goto(PLACE)


def mine(page: Page, words: str):
    """Return the comment with these words."""
    return page.locator("article.comment", has_text=words).first


@pytest.mark.parametrize("javascript", [False, True])
def test_two_people_talk(new_page, read_mail, javascript):
    first, second = (new_page("ar", javascript=javascript, width=360) for _ in range(2))
    said, answered = (f"تجربة {uuid.uuid4().hex[:8]}" for _ in range(2))
    enter(first, read_mail)
    assert fits(first)
    first.fill("#comment-form textarea", f"{said} https://example.org/{'x' * 200}")
    first.select_option("#comment-form select[name=kind]", "experience")
    first.click("#comment-form button[type=submit]:not([name])")
    expect(mine(first, said)).to_be_visible()
    if javascript:
        expect(mine(first, said)).to_be_focused()
    else:
        assert "#comment-" in first.url
    assert fits(first)
    assert mine(first, said).locator("a[rel='ugc nofollow noopener']").count() == 1
    assert mine(first, said).locator("button.useful").count() == 0  # it is her own

    enter(second, read_mail)
    useful = mine(second, said).locator("button.useful")
    useful.click()
    expect(useful).to_have_attribute("aria-pressed", "true")
    expect(useful.locator("bdi")).to_have_text("1")
    mine(second, said).locator("a[href$='reply/?quote=1']").click()
    form = second.locator("form.comment-form--answer")
    expect(form.locator("blockquote")).to_contain_text(said)
    assert fits(second)
    form.locator("button[type=submit]").click()
    expect(form.locator(".field__errors")).to_be_visible()
    form = second.locator("form.comment-form[id^=reply-form]")
    form.locator("textarea").fill(answered)
    form.locator("button[type=submit]").click()
    expect(mine(second, answered)).to_be_visible()
    assert fits(second)

    second.reload()
    mine(second, answered).locator("a[href$='/edit/']").click()
    second.fill("main textarea", f"{answered} بعد")
    second.locator("main form.form button[type=submit]").click()
    expect(mine(second, f"{answered} بعد")).to_be_visible()
    mine(second, answered).locator("a[href$='/take-back/']").click()
    second.locator("main form.form button[type=submit]").click()
    expect(second.locator("#comments")).not_to_contain_text(answered)
    expect(second.locator("#comments")).to_contain_text(said)


def test_a_lost_connection_loses_no_words(new_page, read_mail):
    page = new_page("ar", width=360)
    words = f"لا يضيع {uuid.uuid4().hex[:8]}"
    enter(page, read_mail)
    page.context.set_offline(True)
    page.fill("#comment-form textarea", words)
    page.click("#comment-form button[type=submit]")
    expect(page.locator("#comment-form [data-draft-note]")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#comment-form textarea")).to_have_value(words)
    expect(page.locator("#comment-form [data-draft-note]")).to_be_visible()
    page.click("#comment-form button[type=submit]")
    expect(mine(page, words)).to_be_focused()
    page.reload()
    expect(page.locator("#comment-form textarea")).to_have_value("")


def test_an_expired_session_loses_no_words(new_page, read_mail):
    page = new_page("ar", javascript=False, width=360)
    words = f"لا يضيع {uuid.uuid4().hex[:8]}"
    enter(page, read_mail)
    page.fill("#comment-form textarea", words)
    page.context.clear_cookies(name="sessionid")
    page.click("#comment-form button[type=submit]")
    page.locator("main a[href*='signup']").first.click()
    page.fill("input[name=display_name]", "زائرة Visiteuse")
    address = f"{uuid.uuid4().hex}@example.org"
    page.fill("input[name=email]", address)
    page.fill("input[name=password1]", "kalima-tawila-2020")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("[name=code]")).to_be_visible()
    confirm(page, read_mail(address))
    page.wait_for_url(f"**{PLACE}**")
    expect(page.locator("#comment-form textarea")).to_have_value(words)
    assert fits(page)
    page.click("#comment-form button[type=submit]:not([name])")
    expect(mine(page, words)).to_be_visible()


def test_a_form_that_has_expired_shows_the_words(new_page, read_mail):
    page = new_page("ar", javascript=False, width=360)
    enter(page, read_mail)
    page.fill("#comment-form textarea", "لا يضيع")
    page.context.clear_cookies(name="csrftoken")
    page.click("#comment-form button[type=submit]")
    expect(page.locator("main textarea[readonly]")).to_have_value("لا يضيع")
    assert fits(page)
