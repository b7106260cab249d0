"""The letters that the portal sends while a browser is at work: files in `mail/` of its folder."""

import email
import re
from email import policy
from pathlib import Path

from playwright.sync_api import Page


def latest_letter(var_dir: Path, address: str) -> str:
    """Return the text of the latest letter to an address."""
    files = sorted((var_dir / "mail").iterdir(), key=lambda one: one.stat().st_mtime)
    pieces = [piece for path in files for piece in re.split(rb"^-{79}$", path.read_bytes(), flags=re.MULTILINE)]
    letters = [email.message_from_bytes(piece.strip() + b"\n", policy=policy.default) for piece in pieces]
    return next(letter for letter in reversed(letters) if letter["To"] == address).get_body(("plain",)).get_content()


def code_in(letter: str) -> str:
    """Return the code of a letter as it is written there."""
    return re.search(r"^\d{4}-\d{4}$", letter, re.MULTILINE)[0]


def confirm(page: Page, letter: str) -> None:
    """Write the code of a letter where the page asks for it."""
    page.fill("[name=code]", code_in(letter))
    page.locator("main .form button[type=submit]").first.click()
