"""Publishing with a review, and translating, in a real browser."""

import re
import uuid

from playwright.sync_api import expect

from tests.browser import cms
from tests.browser.test_main_job import library_id


def test_a_practice_is_written_previewed_reviewed_and_translated(new_page, portal_server):
    page = new_page("ar", width=cms.CMS_WIDTH)
    cms.sign_in(page, portal_server.accounts()["facilitator"])
    title = f"عريضة من أجل الإنارة {uuid.uuid4().hex[:6]}"
    cms.write_practice(page, library_id(portal_server, "ar"), title, "خلاصة", "الدروب مظلمة", "طنجة")

    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("#w-preview-iframe, iframe[id^=w-preview], iframe[title]").first
    expect(preview.locator("html")).to_have_attribute("dir", "rtl")
    expect(preview.locator("h1")).to_contain_text(title)

    cms.act(page, "submit")
    visitor = new_page("ar")
    visitor.goto(f"/ar/search/?q={title}")
    expect(visitor.get_by_role("link", name=title)).to_have_count(0)

    page.goto("/cms/")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url("**/edit/")
    edit_address = page.url
    cms.approve(page, edit_address)
    visitor.reload()
    expect(visitor.get_by_role("link", name=title)).to_be_visible()

    cms.translate(page, edit_address, into="الفرنسي", title="Pétition pour l’éclairage")
    reader = new_page("fr")
    reader.goto("/fr/search/?q=petition+eclairage")
    reader.get_by_role("link", name="Pétition pour l’éclairage").first.click()
    expect(reader.locator("h1")).to_have_text(re.compile("Pétition pour l’éclairage"))
    expect(reader.locator("html")).to_have_attribute("lang", "fr")
