from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """The workshop. Its label leaves `sessions` to `django.contrib.sessions`."""

    name = "sessions"
    label = "workshop_sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search, followers and the account what this app has, listen to publications, and watch over recordings."""
        from portal.base.media import guard
        from portal.people.account_menu import Entry, register
        from sessions import news, signals
        from sessions.documents import register_documents
        from sessions.media import domain, places
        from sessions.personal_data import register_personal_data

        register_personal_data()
        register_documents()
        register(Entry(_("My agenda"), "agenda", 40, "calendar"))
        news.register()
        signals.connect()
        guard(places.FOLDER, domain.may_play)
