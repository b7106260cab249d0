from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search what this app has."""
        from portal.home.documents import register_documents

        register_documents()
