"""Proposing a practice: without JavaScript on a small telephone up to the public page, and with it through an offline moment."""

import re
import uuid

from playwright.sync_api import Page, expect

from tests.browser import cms

SMALL = 360


def sign_in(page: Page, account, then: str = "/ar/practices/contribute/") -> None:
    page.goto(f"/ar/account/login/?next={then}")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", account.password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"**{then}")


def go_on(page: Page) -> None:
    page.locator("button[name=go][value=next]:visible").last.click()


def write_all(page: Page, title: str) -> None:
    """Write the steps, one after the other."""
    page.goto("/ar/practices/contribute/")
    page.get_by_role("button", name="ابدأ ممارسة جديدة").click()
    page.fill("[name=title]", title)
    page.fill("[name=problem]", "الدروب مظلمة منذ سنوات")
    page.fill("[name=summary]", "طلب السكان الإنارة")
    page.locator("[name=themes]").first.check()
    go_on(page)
    page.fill("[name=place]", "tanger")
    page.get_by_role("button", name="ابحث عن المكان").click()
    page.locator("[name=territory]").first.check()
    go_on(page)
    page.locator("[name=instrument][value=petition]").check()
    page.locator("[name=authority_place]").first.check()
    page.fill("[name=action]", "جمع السكان التوقيعات")
    go_on(page)
    page.select_option("[name=kind-0]", "filed")
    page.fill("[name=date-0]", "2019-01-17")
    go_on(page)
    page.locator("[name=outcome][value=under_way]").check()
    go_on(page)
    go_on(page)
    expect(page.locator("input[type=file]")).to_be_visible()
    page.get_by_role("link", name="متابعة").click()


def send(page: Page) -> None:
    page.locator("[name=credit_as][value=me]").check()
    page.locator("[name=agreed]").check()
    page.locator("button[value=send]").click()
    page.wait_for_url("**/practices/contribute/")


def test_a_practice_is_proposed_returned_amended_and_published_with_thanks(new_page, portal_server):
    accounts = portal_server.accounts()
    author = new_page("ar", javascript=False, width=SMALL)
    title = f"إنارة الدروب {uuid.uuid4().hex[:6]}"
    sign_in(author, accounts["participant"])
    write_all(author, title)
    assert author.evaluate("document.documentElement.scrollWidth") <= SMALL
    send(author)
    expect(author.locator(".mine__one", has_text=title)).to_contain_text("أُرسلت")

    reviewer = new_page("ar", width=cms.CMS_WIDTH)
    cms.sign_in(reviewer, accounts["facilitator"])
    reviewer.get_by_role("link", name=title).first.click()
    reviewer.wait_for_url("**/edit/")
    edit_address = reviewer.url
    reviewer.locator("footer [data-w-dropdown-target=toggle]").first.click()
    reviewer.locator("button[data-workflow-action-name=reject]").first.click()
    reviewer.fill(".modal [name=comment]", "أضف النتيجة")
    reviewer.locator(".modal [type=submit]").click()
    reviewer.wait_for_url(re.compile(r"/cms/(?!pages/\d+/edit)"))

    author.reload()
    row = author.locator(".mine__one", has_text=title)
    expect(row).to_contain_text("أضف النتيجة")
    row.get_by_role("link", name="اقرأ وعدّل").click()
    author.goto(author.url.replace("/problem/", "/result/"))
    author.fill("[name=result]", "أضيئت الدروب")
    go_on(author)
    author.goto(author.url.replace("/repeat/", "/send/"))
    send(author)

    cms.approve(reviewer, edit_address)
    author.reload()
    author.locator(".mine__one", has_text=title).get_by_role("link", name="اطلع على الصفحة").click()
    expect(author.locator("h1")).to_have_text(title)
    expect(author.locator("main")).to_contain_text("أضيئت الدروب")
    expect(author.locator("main")).to_contain_text("جمع السكان التوقيعات")


def test_a_commune_that_is_suggested_is_found_at_once(new_page, portal_server):
    page = new_page("ar", width=SMALL)
    sign_in(page, portal_server.accounts()["participant"])
    page.get_by_role("button", name="ابدأ ممارسة جديدة").click()
    page.wait_for_url("**/problem/")
    page.goto(page.url.replace("/problem/", "/place/"))
    field = page.locator("[name=place]")
    field.press_sequentially("تافنكو")
    expect(page.locator("main [role=listbox]")).to_contain_text("سوس-ماسة")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("[name=territory]").first).to_be_visible()
    expect(field).to_have_value("تافنكولت")


def test_what_is_written_offline_is_saved_when_the_connection_is_back(new_page, portal_server):
    page = new_page("ar", width=SMALL)
    sign_in(page, portal_server.accounts()["participant"])
    page.get_by_role("button", name="ابدأ ممارسة جديدة").click()
    page.fill("[name=title]", "قبل الانقطاع")
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text(re.compile(r"محفوظة \d\d:\d\d"))
    page.context.set_offline(True)
    page.fill("[name=title]", "أثناء الانقطاع")
    expect(status).to_contain_text("لا اتصال")
    page.context.set_offline(False)
    expect(status).to_contain_text(re.compile(r"محفوظة \d\d:\d\d"))
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("أثناء الانقطاع")
    expect(status).to_have_text("")


def test_what_a_button_saved_is_not_offered_again(new_page, portal_server):
    page = new_page("ar", width=SMALL)
    sign_in(page, portal_server.accounts()["participant"])
    page.get_by_role("button", name="ابدأ ممارسة جديدة").click()
    page.fill("[name=title]", "حُفظ بالزر")
    page.locator("button[value=leave]").click()
    page.get_by_role("link", name="متابعة").first.click()
    expect(page.locator("[name=title]")).to_have_value("حُفظ بالزر")
    expect(page.locator("[data-autosave-status]")).to_have_text("")


def test_what_the_browser_kept_is_offered_back(new_page, portal_server):
    page = new_page("ar", width=SMALL)
    sign_in(page, portal_server.accounts()["participant"])
    page.get_by_role("button", name="ابدأ ممارسة جديدة").click()
    page.wait_for_url("**/problem/")
    page.route("**/save/", lambda route: route.abort())
    page.fill("[name=title]", "لم يصل")
    expect(page.locator("[data-autosave-status]")).to_contain_text("لا اتصال")
    page.unroute("**/save/")
    page.reload()
    page.get_by_role("button", name="استرجعه").click()
    expect(page.locator("[name=title]")).to_have_value("لم يصل")
    expect(page.locator("[data-autosave-status]")).to_contain_text("محفوظة")
