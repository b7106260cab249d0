"""Who took a practice up: the practices that it inspired, and what organisations say of it, each organisation once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from good_practices.inspiration import Chain, Link
from good_practices.models import PracticeOrganisation, PracticePage
from portal.participation.endorsements import endorsements_of
from portal.participation.enums import EndorsementKind
from portal.participation.models import Endorsement


@dataclass(frozen=True, slots=True)
class TakenUp:
    """One way in which a practice was taken up: an inspired practice with what its organisations say, or what one says alone."""

    link: Link | None
    endorsements: Sequence[Endorsement]


def taken_up(page: PracticePage, chain: Chain) -> list[TakenUp]:
    """Return who took `page` up: first what it inspired, then what other organisations say; two queries at most."""
    said = endorsements_of(page.translation_key)
    carriers = _carriers(chain.after, said) if said else {}
    told: dict[int, list[Endorsement]] = defaultdict(list)
    alone = []
    for one in said:
        place = carriers.get(one.organisation_id) if one.kind == EndorsementKind.DID_IT else None
        if place is None:
            alone.append(TakenUp(None, [one]))
        else:
            told[place].append(one)
    return [*(TakenUp(link, told[place]) for place, link in enumerate(chain.after)), *alone]


def _carriers(links: Sequence[Link], said: Collection[Endorsement]) -> dict[int, int]:
    """Return organisation -> the place of the first inspired practice that it carries."""
    places = {link.practice.pk: place for place, link in enumerate(links)}
    if not places:
        return {}
    carried = PracticeOrganisation.objects.filter(page__in=places, organisation__in={one.organisation_id for one in said})
    found: dict[int, int] = {}
    for organisation, page in carried.values_list("organisation_id", "page_id"):
        found[organisation] = min(places[page], found.get(organisation, len(places)))
    return found
