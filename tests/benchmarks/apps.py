"""What the benchmark's site adds to the portal: the practices' texts among those that Wagtail's own search indexes."""

from django.apps import AppConfig
from wagtail.search.index import SearchField

TEXTS = ("summary", "problem", "action", "reply", "result", "lessons")


class BenchmarksConfig(AppConfig):
    """Lets Wagtail find practices by their words, as the portal's search does."""

    name = "tests.benchmarks"
    label = "benchmarks"

    def ready(self) -> None:
        from good_practices.models import PracticePage

        PracticePage.search_fields = [*PracticePage.search_fields, *map(SearchField, TEXTS)]
