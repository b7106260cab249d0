"""Who may have a document: nobody from outside, where every page that carries it is withdrawn or private."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex

from portal.base.privacy import readable

CMS = "wagtailadmin.access_admin"


def refuse_withdrawn(document: AbstractDocument, request: HttpRequest) -> None:
    """Raise Http404 where pages carry the document and this reader can read none of them.

    Wagtail asks the document's collection only. What stands elsewhere than on a page, or nowhere, is left to that question;
    who works in the CMS has every document.
    """
    references = ReferenceIndex.get_references_to(document).values_list("base_content_type", "object_id").distinct()
    kind = ContentType.objects.get_for_model(Page).pk
    found = list(references)
    if not found or any(base != kind for base, _object in found) or request.user.has_perm(CMS):
        return
    pages = Page.objects.filter(pk__in=[int(key) for _base, key in found])
    if readable(pages).exists():
        return
    if not any(_admits(page, request) for page in pages.live()):
        raise Http404


def _admits(page: Page, request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
