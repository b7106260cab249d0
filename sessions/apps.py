from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The workshop. Its label leaves `sessions` to `django.contrib.sessions`."""

    name = "sessions"
    label = "workshop_sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search what this app has, and listen to publications."""
        from sessions import signals
        from sessions.documents import register_documents

        register_documents()
        signals.connect()
