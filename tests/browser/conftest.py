"""A real browser against the real server, each test with contexts of its own."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.letters import latest_letter
from tests.operations.serving import PortalServer
from tools.ensure_browser import on_this_machine

FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HEIGHT = 844
TIMEOUT_MS = 15_000
LOCALES = {"ar": "ar-MA", "fr": "fr-MA", "en": "en-GB"}

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def portal_server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[PortalServer]:
    """Yield the running portal (`url`, `accounts()`, `var_dir`, `manage(...)`) on a fresh folder.

    Its log is shown at the end if a test failed.
    """
    with PortalServer(tmp_path_factory.mktemp("portal") / "var") as server:
        yield server
    if request.session.testsfailed:
        sys.stderr.write(f"\n--- the server's log ---\n{server.log()}\n")


@pytest.fixture
def read_mail(portal_server: PortalServer) -> Callable[[str], str]:
    """Return what reads the text of the latest letter to an address."""
    return partial(latest_letter, portal_server.var_dir)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield the Chromium that `tools/ensure_browser.py` finds."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=on_this_machine(), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, portal_server: PortalServer) -> Iterator[NewPage]:
    """Yield `new_page(locale="ar", javascript=True, width=390, dark=False)`: a page of a new visitor, with relative addresses."""
    contexts: list[BrowserContext] = []

    def make(locale: str = "ar", *, javascript: bool = True, width: int = 390, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=portal_server.url,
            locale=LOCALES.get(locale, locale),
            java_script_enabled=javascript,
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            timezone_id="Africa/Casablanca",
        )
        context.set_default_timeout(TIMEOUT_MS)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
