"""A session on its day, as a visitor lives it on a phone: ask, vote, evaluate; without JavaScript, and with it."""

import json
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import sign_up

SLUG = "power-to-propose"
WHEN = """
import datetime
from django.utils import timezone
from sessions.models import SessionPage
start = timezone.now() + datetime.timedelta(minutes={minutes})
for page in SessionPage.objects.filter(slug={slug!r}):
    page.starts_at, page.ends_at, page.live_url = start, start + datetime.timedelta(minutes=60), "https://meet.invalid/secret"
    page.save(update_fields=["starts_at", "ends_at", "live_url"])
"""


def starts_in(server, minutes: int) -> None:
    """Move the session, as a facilitator would, so that it starts in so many minutes and lasts an hour."""
    done = server.manage("shell", "-v0", "-c", WHEN.format(minutes=minutes, slug=SLUG))
    assert done.returncode == 0, done.stderr


def fits(page: Page) -> bool:
    """Return whether nothing sticks out of the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("javascript", [False, True])
def test_a_participant_asks_another_votes_and_both_evaluate(new_page, portal_server, read_mail, javascript):
    starts_in(portal_server, -10)
    words = f"سؤال {uuid.uuid4().hex[:8]}؟"
    first, second = (new_page("ar", javascript=javascript, width=360) for _ in range(2))
    for page in (first, second):
        page.goto(f"/ar/sessions/{SLUG}/")
        sign_up(page, f"{uuid.uuid4().hex}@example.org", read_mail)
        page.goto(f"/ar/sessions/{SLUG}/")
        assert fits(page)

    first.fill("#questions textarea[name=text]", words)
    first.locator("#questions .question-form button[type=submit]").click()
    expect(first.locator("#questions")).to_contain_text(words)
    assert first.locator("article.question", has_text=words).locator("button.vote").count() == 0  # it is her own

    second.reload()
    vote = second.locator("article.question", has_text=words).locator("button.vote")
    vote.click()
    expect(vote).to_have_attribute("value", "withdraw")
    expect(vote.locator("bdi")).to_have_text("1")
    expect(second.locator("#live a[href$='/join/']")).to_be_visible()
    assert "meet.invalid" not in second.content()

    starts_in(portal_server, -70)
    second.goto(f"/ar/sessions/{SLUG}/")
    second.locator("#live a[href$='/evaluation/']").click()
    evaluate(second)


def evaluate(page: Page) -> None:
    """Send the form with an answer missing, mend it with the keyboard alone, and be thanked."""
    for name in ("useful", "clear", "heard"):
        page.locator(f"input[name={name}][value='4']").check()
    page.fill("textarea[name=next_step]", "سنكتب عريضة")
    page.locator("form.evaluation button[type=submit]").click()
    page.locator(".error-summary a[href='#id_technical']").click()
    assert fits(page)
    expect(page.locator("textarea[name=next_step]")).to_have_value("سنكتب عريضة")
    page.locator("input[name=technical]").first.focus()
    page.keyboard.press("Space")
    page.locator("form.evaluation button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("شكرا لكم")
    page.reload()
    assert page.locator("form.evaluation").count() == 0


def test_signing_in_on_the_way_leads_to_the_meeting(new_page, portal_server, read_mail):
    starts_in(portal_server, 10)
    page = new_page("ar", width=360)
    asked: list[str] = []
    page.route(
        "https://meet.invalid/**", lambda route: (asked.append(json.dumps(route.request.headers)), route.fulfill(body="in"))
    )
    page.goto(f"/ar/sessions/{SLUG}/")
    page.locator("#live a[href$='/join/']").click()
    sign_up(page, f"{uuid.uuid4().hex}@example.org", read_mail)
    page.locator("main a.button--accent").click()
    page.wait_for_url("https://meet.invalid/secret")
    assert len(asked) == 1
    assert "/sessions/" not in json.loads(asked[0]).get("referer", "")  # the meeting is not told where one comes from
