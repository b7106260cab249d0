from django.http import HttpRequest
from wagtail import hooks
from wagtail.documents.models import AbstractDocument

from portal.base.documents import refuse_withdrawn


@hooks.register("before_serve_document")
def refuse_documents_of_withdrawn_pages(document: AbstractDocument, request: HttpRequest) -> None:
    """Let a document follow its pages."""
    refuse_withdrawn(document, request)
