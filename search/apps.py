from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search; other apps register their documents with it in their own `ready`."""

    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what facilitators arrange; look at the engine's settings when Django checks."""
        from search import checks, curation  # noqa: F401

        curation.connect()
