from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "portal.participation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer tags to search, let things be followed, and keep bookmarks through sign-in and sign-out."""
        from portal.participation import completions, documents, followed, signals

        completions.register()
        documents.register_facets()
        followed.register()
        signals.connect()
