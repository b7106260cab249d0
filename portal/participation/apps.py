from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "portal.participation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer tags to search, and keep bookmarks through sign-in and sign-out."""
        from portal.participation import completions, documents, signals
        from portal.participation.personal_data import register_personal_data

        completions.register()
        register_personal_data()
        documents.register_facets()
        signals.connect()
