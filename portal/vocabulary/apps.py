from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "portal.vocabulary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search what this app has."""
        from portal.vocabulary import completions
        from portal.vocabulary.documents import register_facets

        register_facets()
        completions.register()
