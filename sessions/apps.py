from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The workshop. Its label leaves `sessions` to `django.contrib.sessions`."""

    name = "sessions"
    label = "workshop_sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search what this app has, listen to publications, and watch over the files of recordings."""
        from portal.base.media import guard
        from sessions import signals
        from sessions.documents import register_documents
        from sessions.media import domain, places
        from sessions.personal_data import register_personal_data

        register_personal_data()
        register_documents()
        signals.connect()
        guard(places.FOLDER, domain.may_play)
