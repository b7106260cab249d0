"""An account, in Arabic, on a small telephone without JavaScript: signed up, opened by a code, doubly locked, looked after."""

import base64
import hashlib
import hmac
import re
import struct
import time
import uuid

from playwright.sync_api import Page, expect

from tests.browser.letters import code_in

SMALL = 360
PASSWORD = "un-souk-vert-7-heures"


def totp(secret: str, steps: int = 0) -> str:
    """Return the code of RFC 6238 that an application shows, so many half-minutes from now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1)
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def press(page: Page) -> None:
    page.locator("main .form button[type=submit]").first.click()


def fits(page: Page) -> None:
    """Look at the width of the page with a script of the test's own: the page itself has none."""
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL


def sign_up(page: Page, read_mail) -> str:
    address = f"{uuid.uuid4().hex[:10]}@example.org"
    page.goto("/ar/account/signup/?next=/ar/account/")
    page.fill("[name=display_name]", "عائشة")
    page.fill("main [name=email]", address)
    page.fill("[name=password1]", PASSWORD)
    fits(page)
    press(page)
    expect(page.locator("main bdi")).to_have_text(address)
    fits(page)
    page.fill("[name=code]", code_in(read_mail(address)).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    press(page)
    page.wait_for_url("**/ar/account/")
    return address


def test_a_person_signs_up_and_comes_back_by_a_link_and_a_button(new_page, read_mail):
    page = new_page("ar", javascript=False, width=SMALL)
    address = sign_up(page, read_mail)
    fits(page)
    page.get_by_role("link", name=re.compile("محفوظاتي")).click()
    page.goto("/ar/account/profile/")
    page.fill("[name=display_name]", "عائشة السباعي")
    page.locator("[name=reads][value=fr]").check()
    fits(page)
    press(page)
    expect(page.locator("main .lead")).to_contain_text("عائشة السباعي")

    page.locator("main form[action*=logout] button").click()
    page.goto("/ar/account/login/code/?next=/ar/account/")
    page.fill("main [name=email]", address)
    press(page)
    link = re.search(r"^http\S+code=\S+$", read_mail(address), re.MULTILINE)[0]
    page.goto(link)
    expect(page.locator("[name=code]")).to_have_value(code_in(read_mail(address)))
    press(page)
    page.wait_for_url("**/ar/account/")


def test_the_second_factor_is_turned_on_used_and_other_browsers_signed_out(new_page, read_mail):
    page = new_page("ar", javascript=False, width=SMALL)
    address = sign_up(page, read_mail)
    page.goto("/ar/account/second-factor/totp/activate/")
    page.fill("[name=password]", PASSWORD)
    fits(page)
    press(page)
    secret = page.locator("code.secret").inner_text()
    expect(page.locator(".qr img")).to_be_visible()
    assert page.locator(".qr img").evaluate("one => one.naturalWidth") > 0
    fits(page)
    page.fill("[name=code]", totp(secret))
    press(page)
    expect(page.locator(".secrets li")).to_have_count(10)
    fits(page)

    other = new_page("ar", javascript=False, width=SMALL)
    other.goto("/ar/account/login/?next=/ar/account/")
    other.fill("[name=login]", address)
    other.fill("[name=password]", PASSWORD)
    press(other)
    other.wait_for_url("**/second-factor/authenticate/")
    fits(other)
    other.fill("[name=code]", totp(secret, 1))
    press(other)
    other.wait_for_url("**/ar/account/")

    page.goto("/ar/account/sign-ins/")
    expect(page.locator(".own__row")).to_have_count(2)
    fits(page)
    page.locator("button[name=action][value=others]").click()
    expect(page.locator(".own__row")).to_have_count(1)
    other.goto("/ar/account/")
    other.wait_for_url("**/ar/account/login/**")


def test_who_guesses_is_told_to_wait_and_offered_a_code(new_page, read_mail):
    page = new_page("ar", javascript=False, width=SMALL)
    address = sign_up(page, read_mail)
    page.locator("main form[action*=logout] button").click()
    for _attempt in range(6):
        page.goto("/ar/account/login/")
        page.fill("[name=login]", address)
        page.fill("[name=password]", "wrong-password")
        press(page)
    expect(page.locator("main a[href='/ar/account/login/code/']")).to_be_visible()
    fits(page)
