"""The player and its transcript in a real browser: by line, by address, by chapter, with the keyboard alone, on a small phone."""

import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.cms import CMS_WIDTH, sign_in
from tests.browser.recordings import LINES, SLUG, add_recording


@pytest.fixture(scope="module")
def recording(portal_server, tmp_path_factory):
    """The number of the recording."""
    return add_recording(portal_server.var_dir, tmp_path_factory.mktemp("media"))


@pytest.fixture
def open_session(new_page, recording, portal_server):
    """Open the session's page: `open_session("fr", "?t=21", width=390)`; skip where the server cannot seek."""

    def go(language="fr", question="", **options):
        page = new_page(language, **options)
        page.goto(f"/{language}/sessions/{SLUG}/{question}")
        source = page.locator("[data-media]").first.get_attribute("src").partition("#")[0]
        asked = urllib.request.Request(f"{portal_server.url}{source}", headers={"Range": "bytes=0-9"})
        with urllib.request.urlopen(asked) as answer:
            if answer.status != 206:
                pytest.skip("the server answers no ranges: nothing can be sought")
        return page

    return go


def plays_at(page, least, most):
    """Wait until the player runs between two seconds."""
    script = "([least, most]) => { const m = document.querySelector('[data-media]'); return m.currentTime >= least && m.currentTime < most && !m.paused && m.readyState > 2; }"  # noqa: E501
    page.wait_for_function(script, arg=[least, most])


@pytest.mark.parametrize(("language", "width"), [("ar", 320), ("fr", 1280)])
def test_a_line_plays_from_there_and_is_marked(open_session, language, width):
    page = open_session(language, width=width)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    assert not [url for url in requests if "/media/" in url]
    page.locator(".line").nth(2).click()
    plays_at(page, 20.9, 30)
    expect(page.locator(".line[aria-current]")).to_contain_text(LINES[language][2])
    expect(page.locator(".chapters [aria-current]")).to_have_count(1)
    assert "t=21" in page.url
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_address_says_where_to_begin_and_nothing_plays_by_itself(open_session):
    page = open_session("fr", "?t=0m31s")
    expect(page.locator(".line[aria-current]")).to_contain_text(LINES["fr"][3])
    media = page.locator("[data-media]")
    assert media.evaluate("media => media.paused")
    media.evaluate("media => media.play()")
    plays_at(page, 30.9, 40)


def test_without_javascript_lines_are_links_that_the_player_begins_at(open_session):
    page = open_session("ar", javascript=False)
    page.locator(".line__link").nth(2).click()
    assert page.locator("[data-media]").get_attribute("src").endswith("#t=21")
    page.fill("[data-find]", "الجمعيه عريضه")
    page.locator(".transcript__find button").click()
    expect(page.locator(".line:visible")).to_have_count(1)
    expect(page.locator(".line:visible")).to_contain_text(LINES["ar"][2])


def test_the_keyboard_alone_chooses_a_chapter_and_a_line(open_session):
    page = open_session("fr", width=1280)
    page.locator(".chapters a").last.focus()
    page.keyboard.press("Enter")
    plays_at(page, 20.9, 30)
    page.locator(".line__link").nth(3).focus()
    page.keyboard.press("Enter")
    plays_at(page, 30.9, 40)
    expect(page.locator(".line[aria-current]")).to_contain_text(LINES["fr"][3])


def test_another_quality_keeps_the_moment(open_session):
    page = open_session("fr")
    page.locator(".line").nth(1).click()
    plays_at(page, 10.9, 20)
    page.locator("[data-kind=audio]").click()
    expect(page.locator("[data-kind=audio]")).to_have_attribute("aria-current", "true")
    plays_at(page, 10.9, 30)


def test_the_transcript_narrows_as_one_types_without_marks(open_session):
    page = open_session("ar", "?transcript=ar", width=320)
    page.locator("[data-find]").press_sequentially("الجمعيه عريضه")
    expect(page.locator(".line:visible")).to_have_count(1)
    expect(page.locator(".transcript__count")).to_contain_text("1")
    page.fill("[data-find]", "")
    expect(page.locator(".line:visible")).to_have_count(len(LINES["ar"]))


def test_captions_come_in_the_language_of_the_page_and_run_its_way(open_session):
    page = open_session("ar", "?t=11")
    page.locator("[data-media]").evaluate("media => media.play()")
    plays_at(page, 10.9, 20)
    shown = "[...media.textTracks].find(track => track.mode === 'showing')"
    script = f"media => {{ const track = {shown}; return [track.language, track.activeCues[0].text]; }}"
    page.wait_for_function("() => [...document.querySelector('video').textTracks].some(t => t.activeCues?.length)")
    language, text = page.locator("[data-media]").evaluate(script)
    assert language == "ar"
    assert text.startswith("<v زينب>\u200fYouTube")


def test_captions_are_written_beside_the_player(new_page, portal_server, recording):
    facilitator = portal_server.accounts()["facilitator"]
    page = new_page("ar", width=CMS_WIDTH)
    sign_in(page, facilitator)
    page.goto(f"/cms/sessions/recordings/{recording}/captions/?language=ar")
    rows = page.locator("[data-cue]")
    expect(rows).to_have_count(len(LINES["ar"]))
    expect(rows.first.locator("[data-voice]")).to_have_value("زينب")
    words = rows.first.locator("[data-words]")
    words.focus()
    page.keyboard.press("Alt+n")
    expect(rows).to_have_count(len(LINES["ar"]) + 1)
    page.keyboard.type("سطر جديد")
    page.keyboard.press("Alt+Backspace")
    expect(rows).to_have_count(len(LINES["ar"]))
    words.fill("أهلا وسهلا بكم")
    expect(page.locator("[data-status]")).not_to_be_empty()
    page.locator("button[name=save]").click()
    page.wait_for_load_state()
    expect(rows.first.locator("[data-words]")).to_have_value("أهلا وسهلا بكم")
    page.goto(f"/ar/sessions/{SLUG}/")
    expect(page.locator(".line").first).to_contain_text("أهلا وسهلا بكم")
