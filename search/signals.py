"""Which saves and deletions change what can be found.

Only rows are written here, in the transaction of the change. Pages also answer through their plain `Page`: Wagtail may save
or delete one without its specific class.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from search.documents import DocumentSource, sources
from search.domain import enqueue


def connect(source: DocumentSource) -> None:
    """Listen to the models of a source; safe to call again."""
    models: list[type[Model]] = list(source.models)
    if any(issubclass(model, Page) for model in models):
        models.append(Page)
        _connect_branches()
    for model in models:
        for signal in (post_save, pre_delete, post_delete):
            signal.connect(_subject_changed, sender=model, dispatch_uid=f"search-{model._meta.label}")


def _connect_branches() -> None:
    for signal in (post_save, pre_delete, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search-restriction")
    post_page_move.connect(_page_moved, dispatch_uid="search-move")


def _subject_changed(sender: type[Model], instance: Any, **_kwargs: Any) -> None:
    if sender is Page and not issubclass(instance.specific_class or Page, _registered_models()):
        return
    enqueue([str(instance.translation_key)])


def _registered_models() -> tuple[type[Model], ...]:
    return tuple(model for source in sources() for model in source.models)


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    """A restriction holds for a page and all below it."""
    _enqueue_branch(instance.page_id)


def _page_moved(instance: Page, **_kwargs: Any) -> None:
    """A page that moves may come under a restriction, or leave it, with all below it."""
    _enqueue_branch(instance.pk)


def _enqueue_branch(page_id: int) -> None:
    """Note a page and all below it, where they stand now; a page that is gone has told so itself."""
    path = Page.objects.filter(pk=page_id).values_list("path", flat=True).first()
    if path:
        keys = Page.objects.filter(path__startswith=path).values_list("translation_key", flat=True)
        enqueue(map(str, keys.iterator()))
