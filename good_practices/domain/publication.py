"""What follows from a publication."""

from __future__ import annotations

from django.db import transaction

from good_practices.domain.evidence import reveal_evidence
from good_practices.models import PracticePage
from portal.base.shared_facts import share_facts


@transaction.atomic
def announce(page: PracticePage) -> None:
    """Do what follows from a practice's publication: its translations take its facts, everybody reads its evidence."""
    share_facts(page)
    reveal_evidence(page)
