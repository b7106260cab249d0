"""What a page shows of its materials: the file or address, and the first pages of a PDF that everybody may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import CollectionViewRestriction

from sessions.models import DocumentPreview, SessionMaterial, SessionPage


@dataclass(frozen=True, slots=True)
class PageImage:
    """The image of a page, and where the file opens at that page."""

    number: int
    src: str
    link: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A material with its page images (none for most)."""

    material: SessionMaterial
    images: Sequence[PageImage] = ()
    pages: int = 0
    width: int = 0
    height: int = 0


def shown_materials(page: SessionPage) -> list[Shown]:
    """Return the materials of a page in the facilitator's order, in a constant number of queries."""
    materials = list(page.materials.all())
    documents = [one.document for one in materials if one.document and one.document.file_extension == "pdf"]
    previews = {one.file_hash: one for one in DocumentPreview.objects.filter(file_hash__in=[one.file_hash for one in documents])}
    closed = private_collections() if previews else ()
    return [_shown(page, material, previews, closed) for material in materials]


def private_collections() -> tuple[str, ...]:
    """Return the paths of the collections that not everybody may read; what is below them is not public either."""
    return tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def is_open(document: Document, closed: tuple[str, ...]) -> bool:
    """Tell whether everybody may read a document; `closed` comes from `private_collections`."""
    return not document.collection.path.startswith(closed) if closed else True


def _shown(page: SessionPage, material: SessionMaterial, previews: dict[str, DocumentPreview], closed: tuple[str, ...]) -> Shown:
    document = material.document
    preview = previews.get(document.file_hash) if document else None
    if document is None or preview is None or not preview.images or not is_open(document, closed):
        return Shown(material)
    images = [
        PageImage(number, _address(page, material, number, preview), f"{document.url}#page={number}")
        for number in range(1, preview.images + 1)
    ]
    return Shown(material, images, preview.pages, preview.width, preview.height)


def _address(page: SessionPage, material: SessionMaterial, number: int, preview: DocumentPreview) -> str:
    """Return the address of a page image; the file's hash makes another file another address."""
    return reverse("material_page", args=[page.slug, material.pk, preview.file_hash[:12], number])
