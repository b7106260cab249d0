from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "portal.participation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer tags to search."""
        from portal.participation import completions, documents

        completions.register()
        documents.register_facets()
