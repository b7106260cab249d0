from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ParticipationConfig(AppConfig):
    name = "portal.participation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer tags to search, let things be followed, keep bookmarks, and the log of decisions as it was written."""
        from portal.participation import audit_log, completions, documents, followed, signals

        completions.register()
        documents.register_facets()
        followed.register()
        signals.connect()
        post_migrate.connect(audit_log.protect_after_migration, sender=self, dispatch_uid="participation.audit_log")
