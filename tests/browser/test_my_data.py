"""Seeing and erasing one's own data on a small telephone, in Arabic, without JavaScript."""

import json
import zipfile

from playwright.sync_api import expect


def test_everything_is_downloaded_and_the_account_erased(new_page, portal_server, tmp_path):
    person = "r6-person@example.org"
    portal_server.manage(
        "shell",
        "-c",
        "from portal.people.models import User; from allauth.account.models import EmailAddress as E;"
        f"u = User.objects.create_user('{person}', 'un-souk-vert-7-heures', display_name='زينب');"
        f"E.objects.create(user=u, email='{person}', verified=True, primary=True)",
    )
    page = new_page("ar", javascript=False, width=360)
    page.goto("/ar/account/login/?next=/ar/account/data/")
    page.locator("[name=login]").fill(person)
    page.locator("[name=password]").fill("un-souk-vert-7-heures")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("معطياتي")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="تنزيل معطياتي").click()
    page.locator("[name=password]").fill("un-souk-vert-7-heures")
    with page.expect_download() as download:
        page.locator("main form button[type=submit]").click()
    download.value.save_as(tmp_path / "mine.zip")
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        assert json.loads(archive.read("data.json"))["data"]["people.User"][0]["email"] == person
        assert 'dir="rtl"' in archive.read("index.html").decode()
    page.goto("/ar/account/data/erase/")
    expect(page.locator("h1")).to_have_text("محو حسابي")
    page.locator("[name=address]").fill("other@example.org")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".field__errors")).to_be_visible()
    page.locator("[name=address]").fill(person)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("محي حسابكم")).to_be_visible()
    page.goto("/ar/account/data/")
    expect(page).to_have_url(page.url.split("?")[0].replace("account/data/", "account/login/") + "?next=/ar/account/data/")
