from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "portal.operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """See every write, so that no page is kept longer than it is right."""
        from portal.operations import content_version

        content_version.connect()
