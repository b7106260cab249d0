"""The page images of materials."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from sessions.materials import is_open, private_collections
from sessions.models import DocumentPreview, SessionMaterial
from sessions.models.preview import previews
from sessions.views.lookup import public_session


@require_safe
def page_image(request: HttpRequest, slug: str, pk: int, version: str, number: int) -> HttpResponseBase:
    """Answer the image of a page of a public session's material, as long as everybody may read the document."""
    session = public_session(slug)
    materials = SessionMaterial.objects.filter(pk=pk, page=session).select_related("document__collection")
    document = next((material.document for material in materials), None)
    if document is None or document.file_hash[:12] != version or not is_open(document, private_collections()):
        raise Http404
    preview = DocumentPreview.objects.filter(file_hash=document.file_hash, images__gte=number).first()
    if preview is None or number < 1 or not previews().exists(preview.image_name(number)):
        raise Http404
    response = FileResponse(previews().open(preview.image_name(number)), content_type="image/webp")
    response["Cache-Control"] = "public, max-age=3600"
    return response
