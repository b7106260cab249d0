"""What follows when a page is published, and what facilitators say of translations."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.base import clock
from portal.desk.coming import Event
from portal.desk.enums import Origin
from portal.desk.models import TranslationState
from portal.desk.querysets import originals
from portal.people.models import User


def words_of(page: Any) -> str:
    """Return the digest (SHA-256, hexadecimal) of all that is translated of a page (the specific one): what readers read."""
    digest = hashlib.sha256()
    segments = (one for one in extract_segments(page) if isinstance(one, StringSegmentValue | TemplateSegmentValue))
    for segment in sorted(segments, key=lambda one: (one.path, one.order)):
        text = segment.string.data if isinstance(segment, StringSegmentValue) else segment.template
        digest.update(f"{segment.path}\0{text}\0".encode())
    return digest.hexdigest()


@transaction.atomic
def note_publication(page: Any, revision: Revision | None = None) -> None:
    """Note the words of a page that was published, and that they say what its original says now."""
    source = TranslationState.objects.filter(page__in=originals().filter(translation_key=page.translation_key)).exclude(page=page)
    words = words_of(page)
    state = TranslationState.objects.filter(page=page).first() or TranslationState(page=page)
    if state.words != words:
        state.words, state.origin = words, _origin(page)
        state.translated_by, state.translated_at = revision.user if revision else None, clock.now()
        state.reviewed_by = state.reviewed_at = None
    state.source_words = source.values_list("words", flat=True).first() or ""
    state.save()


def _origin(page: Page) -> Origin:
    """Tell whether a machine wrote some of the words that wagtail-localize put together, and nobody touched them since."""
    into = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale, enabled=True)
    by_machine = StringTranslation.objects.filter(
        context__object_id=page.translation_key,
        locale=page.locale,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    return Origin.MACHINE if into.exists() and by_machine.exists() else Origin.HUMAN


def note_missing() -> int:
    """Note the words of public pages of which nothing is noted yet, the originals first; return how many there were."""
    unknown = Page.objects.live().filter(depth__gt=1, alias_of=None, translation_state=None)
    count = 0
    for group in (unknown.filter(pk__in=originals().values("pk")), unknown):
        for page in group.specific().iterator(chunk_size=200):
            note_publication(page)
            count += 1
    return count


@transaction.atomic
def confirm(pages: Iterable[Page], person: User) -> int:
    """Note that `person` has read the translations and finds that they say what their originals say; return how many.

    Raises PermissionDenied if they may not publish one of the pages.
    """
    allowed = policy_registry.get_by_type(Page)
    count = 0
    for page in pages:
        if not allowed.user_has_permission_for_instance(person, "publish", page):
            raise PermissionDenied
        source = TranslationState.objects.filter(page__in=originals().filter(translation_key=page.translation_key)).first()
        found = TranslationState.objects.filter(page=page)
        count += found.update(
            source_words=source.words if source and source.page_id != page.pk else "",
            reviewed_by=person,
            reviewed_at=clock.now(),
        )
    return count


@transaction.atomic
def reschedule(page: Page, event: Event, at: datetime.datetime, person: User) -> None:
    """Move the publication or the expiry of a page to another moment to come.

    Raises PermissionDenied if `person` may not publish it, ValidationError if `at` is over, if nothing is scheduled, or if it
    would expire before it is published.
    """
    if not page.permissions_for_user(person).can_publish():
        raise PermissionDenied
    if at <= clock.now():
        raise ValidationError(_("Choose a moment to come."))
    if event == Event.EXPIRES:
        _expire(page, at)
    else:
        _publish_later(page, at, person)


def _expire(page: Page, at: datetime.datetime) -> None:
    if page.expire_at is None:
        raise ValidationError(_("This page does not expire."))
    if page.go_live_at and at <= page.go_live_at:
        raise ValidationError(_("It would expire before it is published."))
    Page.objects.filter(pk=page.pk).update(expire_at=at)
    for revision in page.revisions.filter(pk__in=[page.latest_revision_id, page.live_revision_id]):
        revision.content["expire_at"] = at.isoformat()
        revision.save(update_fields=["content"])


def _publish_later(page: Page, at: datetime.datetime, person: User) -> None:
    revision = page.scheduled_revision
    if revision is None:
        raise ValidationError(_("Nothing of this page is scheduled."))
    planned = revision.as_object()
    if planned.expire_at and planned.expire_at <= at:
        raise ValidationError(_("It would expire before it is published."))
    revision.content["go_live_at"] = at.isoformat()
    revision.approved_go_live_at = at
    revision.save(update_fields=["content", "approved_go_live_at"])
    if not page.live:
        Page.objects.filter(pk=page.pk).update(go_live_at=at)
    log(
        instance=page,
        action="wagtail.publish.schedule",
        user=person,
        data={"revision": {"id": revision.pk, "go_live_at": str(at)}},
    )
