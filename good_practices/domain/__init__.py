"""Every write of the library that has a consequence."""

from __future__ import annotations

from django.db import transaction

from good_practices.models import PracticePage
from portal.base.shared_facts import share_facts


@transaction.atomic
def announce(page: PracticePage) -> None:
    """Do what follows from a practice's publication: its translations take its facts."""
    share_facts(page)
