"""Slides show their pages, as long as everybody may read the file."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from sessions.models import DocumentPreview, SessionMaterial
from sessions.previews.domain import make, wanted
from tests.factories import SessionPageFactory


def pdf(pages):
    images = [Image.new("RGB", (400, 300), (number * 10, 90, 90)) for number in range(pages)]
    content = io.BytesIO()
    images[0].save(content, "PDF", save_all=True, append_images=images[1:])
    return content.getvalue()


@pytest.fixture
def page(portal_site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "previews": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "previews"}},
    }
    return SessionPageFactory(parent=portal_site.workshops["en"])


def document(content, name="slides.pdf"):
    return Document.objects.create(title="Slides", file=ContentFile(content, name))


def material(page, one):
    return SessionMaterial.objects.create(page=page, title="Slides", document=one, locale=page.locale)


def images(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser").select(".pages-strip img")


def test_publishing_draws_the_pages_and_the_page_shows_them(client, page, committed):
    material(page, document(pdf(3)))
    with committed():
        page.save_revision().publish()
    shown = images(client, page)
    assert [image["alt"] for image in shown] == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    assert {image["loading"] for image in shown} == {"lazy"}
    response = client.get(shown[0]["src"])
    assert response["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == (480, 360)


def test_a_long_file_shows_its_first_pages_and_is_drawn_once(page):
    one = document(pdf(14))
    assert wanted([one]) == [one]
    preview = make(one)
    assert (preview.images, preview.pages) == (12, 14)
    assert wanted([one]) == []
    assert make(one).made_at == preview.made_at


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", pdf(1)[:200], b"\0" * 5000, b"<svg/>"])
def test_a_broken_file_has_no_preview_and_harms_nothing(client, page, content):
    one = document(content)
    material(page, one)
    assert make(one).images == 0
    assert images(client, page) == []


def test_only_pdfs_are_drawn(page):
    assert wanted([document(b"x", "a.docx")]) == []


def test_the_preview_of_a_private_file_is_private(client, page):
    one = document(pdf(1))
    material(page, one)
    make(one)
    address = images(client, page)[0]["src"]
    closed = Collection.get_first_root_node().add_child(name="closed")
    inner = closed.add_child(name="inner")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    Document.objects.filter(pk=one.pk).update(collection=inner)
    assert images(client, page) == []
    assert client.get(address).status_code == 404


def test_the_images_go_with_their_session_and_their_file(client, page):
    one = document(pdf(1))
    material(page, one)
    make(one)
    address = images(client, page)[0]["src"]
    assert client.get(address.replace("/1.webp", "/2.webp")).status_code == 404
    assert client.get(address.replace("/1.webp", "/0.webp")).status_code == 404
    DocumentPreview.objects.update(file_hash="0" * 40)
    assert client.get(address).status_code == 404
    DocumentPreview.objects.update(file_hash=one.file_hash)
    page.unpublish()
    assert client.get(address).status_code == 404
