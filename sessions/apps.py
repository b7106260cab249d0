from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The workshop. Its label leaves `sessions` to `django.contrib.sessions`."""

    name = "sessions"
    label = "workshop_sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search and followers what this app has, listen to publications, and watch over the files of recordings."""
        from portal.base.media import guard
        from sessions import news, signals
        from sessions.documents import register_documents
        from sessions.media import domain, places

        register_documents()
        news.register()
        signals.connect()
        guard(places.FOLDER, domain.may_play)
