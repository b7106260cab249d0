"""The accounts with which a first visitor tries each role, on a machine of their own only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from portal.people.domain import give_role
from portal.people.domain.addresses import confirm_address
from portal.people.domain.consent import record_consent
from portal.people.enums import Purpose, Role
from portal.people.models import User

NAMES = {Role.FACILITATOR: "ميسّرة تجريبية", Role.MODERATOR: "مشرف تجريبي", Role.PARTICIPANT: "مشاركة تجريبية"}


def accounts_file() -> Path:
    """Return the file that keeps the sign-ins of this machine's demonstration accounts."""
    return Path(settings.VAR_DIR) / "demonstration_accounts.txt"


def make_demonstration_accounts() -> None:
    """Make a person for each role with a random password, unless there are people already; keep the passwords in `var/` only."""
    if User.objects.exists():
        return
    with transaction.atomic():
        lines = [_make(role) for role in (Role.FACILITATOR, Role.MODERATOR, Role.PARTICIPANT)]
        path = accounts_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # a file that is there keeps its own mode
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n")


def _make(role: Role) -> str:
    email, password = f"{role.value}@example.org", secrets.token_urlsafe(12)
    person = User.objects.create_user(email, password, display_name=NAMES[role])
    confirm_address(person)
    give_role(person, role)
    for purpose in (Purpose.ACCOUNT, Purpose.PUBLISHING):
        record_consent(person, purpose, person.language)
    return f"{role.value} {email} {password}"
