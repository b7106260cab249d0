"""The work on previews that runs beside requests."""

from django_tasks import task
from wagtail.documents.models import Document

from sessions.previews import domain


@task()
def draw_preview(document_pk: int) -> None:
    """Draw the pages of a document; one that was deleted meanwhile needs none."""
    document = Document.objects.filter(pk=document_pk).first()
    if document is not None:
        domain.make(document)
