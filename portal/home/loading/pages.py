"""How a text becomes a published page."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Locale, Page

from portal.home.loading.files import Text
from portal.home.models import LoadedFile


class Loader:
    """Remembers what was loaded, so that nothing is loaded twice."""

    def __init__(self) -> None:
        self.loaded = set(LoadedFile.objects.values_list("path", flat=True))
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.count = 0

    def new(self, texts: Iterable[Text]) -> list[Text]:
        """Return the texts that were never loaded."""
        return [text for text in texts if text.path not in self.loaded]

    def publish(self, page: Page, parent: Page, text: Text) -> Page:
        """Put `page` below `parent` with a first revision, published, as the translation that `text` is."""
        page.locale = self.locales[text.language]
        page.translation_key = text.translation_key
        page.slug = page.slug or text.slug
        parent.add_child(instance=page)
        page.save_revision().publish()
        self.remember(text.path)
        return page

    def remember(self, path: str) -> None:
        """Note that the file at `path` has become content."""
        LoadedFile.objects.create(path=path)
        self.loaded.add(path)
        self.count += 1
