from django.apps import AppConfig


class GoodPracticesConfig(AppConfig):
    name = "good_practices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search what this app has and the register of personal data what it keeps of people, and listen to publications."""
        from good_practices import signals
        from good_practices.documents import register_documents
        from good_practices.personal_data import register_personal_data

        register_documents()
        register_personal_data()
        signals.connect()
