"""A practice that an import changes: published, or kept as a draft beside what is public."""

from __future__ import annotations

from typing import Any

from good_practices.models import PracticePage


def update(page: PracticePage, user: Any, publish: bool) -> None:
    """Write `page`, changed in memory: published anew, or, without `publish` where it is public, as a draft of it."""
    if publish:
        page.save_revision(user=user, log_action=True, clean=False).publish(user=user)
    elif page.live:
        page.save_revision(user=user, log_action=True, clean=False)
    else:
        page.save(clean=False)
        page.save_revision(user=user, log_action=True, clean=False)
