from django.apps import AppConfig


class GoodPracticesConfig(AppConfig):
    name = "good_practices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search and followers what this app has, and listen to publications."""
        from good_practices import news, signals
        from good_practices.documents import register_documents

        register_documents()
        news.register()
        signals.connect()
