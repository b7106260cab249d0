"""What the parts of a practice's page ask for: `{% load library %}`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.db.models import Q

from good_practices import commitments, inspiration
from good_practices.assessments import Findings, findings_on
from good_practices.models import CollectionPage, Commitment, ConsultationSpace, PracticePage
from good_practices.related import Related, related_to
from good_practices.taking_up import TakenUp, taken_up
from portal.base.languages import best_translations, current_language
from portal.base.privacy import readable
from portal.participation.bookmarks import code_of
from portal.people.models import Organisation
from portal.vocabulary.models import Territory

register = template.Library()


@register.filter
def bookmark_code(key: UUID) -> str:
    """Return the code under which a browser keeps a practice."""
    return code_of(key)


@register.simple_tag
def related_practices(page: PracticePage) -> list[Related]:
    """Return the practices that go with one, each with the reasons."""
    return related_to(page) if page.pk else []


@register.simple_tag
def chain_of(page: PracticePage) -> inspiration.Chain:
    """Return what inspired a practice and what it inspired."""
    return inspiration.chain_of(page.translation_key, current_language())


@register.simple_tag(name="taken_up")
def taken_up_of(page: PracticePage, chain: inspiration.Chain) -> list[TakenUp]:
    """Return who took a practice up, as far as is known."""
    return taken_up(page, chain)


@register.simple_tag
def findings(page: PracticePage) -> Findings:
    """Return what the public assessments of a practice say."""
    return findings_on(page.translation_key)


@register.simple_tag
def commitments_of(organisation: Organisation | None = None, territory: Territory | None = None) -> list[Commitment]:
    """Return the latest promises of an organisation or in a territory: `{% commitments_of organisation=one as promises %}`."""
    return list(commitments.promised(organisation=organisation or None, territory=territory or None)[:20])


@register.simple_tag
def spaces_of(territory: Territory) -> list[ConsultationSpace]:
    """Return the spaces of consultation of a territory and of all within it: `{% spaces_of place as spaces %}`."""
    own = Q(territory=territory) | Q(territory__parent=territory) | Q(territory__parent__parent=territory)
    return list(ConsultationSpace.objects.filter(own).select_related("territory__parent").order_by("slug")[:20])


@register.simple_tag
def collections() -> list[Any]:
    """Return the public collections in the reader's language, the newest first."""
    pages = best_translations(readable(CollectionPage.objects.all()), current_language())
    return sorted(pages.values(), key=lambda page: -page.pk)
