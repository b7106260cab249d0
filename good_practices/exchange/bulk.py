"""New practices written together: what Wagtail writes for each page, in a few statements for all of them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from good_practices.models import LibraryPage, PracticePage
from search.domain import enqueue

_CHILDREN = ("practice_organisations", "stages", "figures", "evidence")
_LONGEST_SLUG = 80


def slug_for(page: PracticePage) -> str:
    """Return an address made of the title; of the key where the title has no letters or is an address of the library."""
    slug = slugify(page.title, allow_unicode=True)[:_LONGEST_SLUG].strip("-_")
    return slug if slug and slug not in LibraryPage.RESERVED_SLUGS else f"practice-{page.translation_key.hex[:8]}"


@transaction.atomic
def create(pages: Sequence[PracticePage], libraries: Mapping[int, LibraryPage], user: Any, publish: bool) -> None:
    """Write new practices (each with its locale, key, slug and all its rows) below the library of their locale.

    They have a first revision and their lines in the history, and stand in every index as if each had been saved alone.
    Raises IntegrityError if somebody adds a page at the same moment.
    """
    if not pages:
        return
    _place(pages, libraries, user, publish)
    _insert(pages)
    _insert_children(pages)
    revisions = _revise(pages, user)
    _log(pages, revisions, user, publish)
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(PracticePage, list(pages))
    enqueue(str(page.translation_key) for page in pages)


def _place(pages: Iterable[PracticePage], libraries: Mapping[int, LibraryPage], user: Any, publish: bool) -> None:
    """Give each page its place in the tree and what a saved page has."""
    by_locale: dict[int, list[PracticePage]] = defaultdict(list)
    for page in pages:
        by_locale[page.locale_id].append(page)
    type_, now = ContentType.objects.get_for_model(PracticePage), timezone.now()
    for locale, found in by_locale.items():
        library = LibraryPage.objects.select_for_update().get(pk=libraries[locale].pk)
        last = library.get_last_child()
        step = PracticePage._str2int(last.path[-PracticePage.steplen :]) if last else 0
        for number, page in enumerate(found, step + 1):
            page.path = PracticePage._get_path(library.path, library.depth + 1, number)
            page.depth, page.numchild = library.depth + 1, 0
            page.url_path = f"{library.url_path}{page.slug}/"
            page.draft_title, page.content_type, page.owner = page.title, type_, user
            page.live, page.has_unpublished_changes = publish, not publish
            page.latest_revision_created_at = now
            if publish:
                page.first_published_at = page.first_published_at or now
                page.last_published_at = now
        Page.objects.filter(pk=library.pk).update(numchild=library.numchild + len(found))


def _insert(pages: Sequence[PracticePage]) -> None:
    """Insert the rows of both tables: `bulk_create` refuses models of several."""
    fields = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    made = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in fields}) for page in pages)
    for page, base in zip(pages, made, strict=True):
        page.pk = page.page_ptr_id = page.id = base.pk
        page._state.adding, page._state.db = False, connection.alias
    own = PracticePage._meta.local_concrete_fields
    size = max(1, connection.ops.bulk_batch_size(own, pages))
    for start in range(0, len(pages), size):
        PracticePage._base_manager.all()._insert(pages[start : start + size], fields=own, using=connection.alias)


def _insert_children(pages: Sequence[PracticePage]) -> None:
    for relation in _CHILDREN:
        rows = []
        for page in pages:
            for row in getattr(page, relation).all():
                row.page_id = page.pk
                rows.append(row)
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
    for name in PracticePage.SHARED_SETS:
        through: Any = PracticePage._meta.get_field(name).remote_field.through  # type: ignore[union-attr]
        (column,) = (field.attname for field in through._meta.fields if field.name == through._meta.fields[-1].name)
        links = [through(practicepage_id=page.pk, **{column: term.pk}) for page in pages for term in getattr(page, name).all()]
        through.objects.bulk_create(links)


def _revise(pages: Sequence[PracticePage], user: Any) -> list[Revision]:
    """Write the first revision of each page, and note it on the page."""
    type_, base, now = ContentType.objects.get_for_model(PracticePage), ContentType.objects.get_for_model(Page), timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=type_,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=now,
            user=user,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
        page.live_revision = revision if page.live else None
    bases = [
        Page(pk=page.pk, latest_revision_id=page.latest_revision_id, live_revision_id=page.live_revision_id) for page in pages
    ]
    Page.objects.bulk_update(bases, ["latest_revision", "live_revision"])
    return revisions


def _log(pages: Sequence[PracticePage], revisions: Sequence[Revision], user: Any, publish: bool) -> None:
    """Tell the history what the person did: one action for all pages."""
    type_, now, action = ContentType.objects.get_for_model(PracticePage), timezone.now(), uuid.uuid4()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page,
            content_type=type_,
            label=page.get_admin_display_title()[:255],
            action=what,
            timestamp=now,
            uuid=action,
            user=user,
            revision=revision,
            content_changed=what == "wagtail.create",
        )
        for page, revision in zip(pages, revisions, strict=True)
        for what in ("wagtail.create", *(("wagtail.publish",) if publish else ()))
    )
