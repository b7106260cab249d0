"""What a facilitator does in the CMS, in a real browser."""

from playwright.sync_api import Page, expect

from tests.operations.serving import Account

CMS_WIDTH = 1280


def sign_in(page: Page, account: Account) -> None:
    """Sign in at `/cms/`."""
    page.goto("/cms/")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", account.password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/cms/")


def write_practice(page: Page, library: int, title: str, summary: str, problem: str, place: str) -> None:
    """Fill in a new practice below the page `library`, without saving it."""
    page.goto(f"/cms/pages/add/good_practices/practicepage/{library}/")
    page.fill("#id_title", title)
    page.fill("#id_summary", summary)
    page.locator("[data-contentpath=problem] [contenteditable=true]").click()
    page.keyboard.type(problem)
    page.select_option("#id_instrument", "petition")
    page.locator("#id_territory-chooser [data-chooser-action-choose]").first.click()
    page.fill(".modal input[name=q]", place)
    page.locator(".modal a[data-chooser-modal-choice]", has_text=place).first.click()
    expect(page.locator("#id_territory-chooser .chooser__title")).to_contain_text(place)
    page.locator("input[name=themes]").first.check()


def act(page: Page, action: str) -> None:
    """Press one of the actions below the form: `publish` or `submit` (to the review)."""
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator(f"button[name=action-{action}]").click()
    page.wait_for_url("**/cms/pages/*/")


def approve(page: Page, edit_address: str) -> None:
    """Approve, as a reviewer, the page that is edited at `edit_address`."""
    page.goto(edit_address)
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("button[data-workflow-action-name=approve]").first.click()
    page.wait_for_url("**/cms/**")


def translate(page: Page, edit_address: str, into: str, title: str) -> None:
    """Submit the page that is edited at `edit_address` for translation, translate its title only, and publish the translation.

    `into` is the language as the Arabic CMS calls it, or the beginning of its name.
    """
    page.goto(edit_address.replace("/cms/pages/", "/cms/localize/submit/page/").replace("/edit/", "/"))
    page.locator("label", has_text=into).locator("input").check()
    page.locator("main input[type=submit]").first.click()
    page.wait_for_url("**/cms/pages/*/edit/")
    page.get_by_role("button", name="ترجمة", exact=True).first.click()
    page.locator("textarea:visible").first.fill(title)
    page.get_by_role("button", name="حفظ", exact=True).click()
    expect(page.locator("textarea:visible")).to_have_count(0)
    page.get_by_role("button", name="نشر في").click()
    page.wait_for_load_state()
