from django.apps import AppConfig


class GoodPracticesConfig(AppConfig):
    name = "good_practices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search what this app has."""
        from good_practices import signals  # noqa: F401
        from good_practices.documents import register_documents

        register_documents()
