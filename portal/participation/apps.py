from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "portal.participation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer tags to search, let things be followed, keep bookmarks, and the log of decisions as it was written."""
        from portal.participation import audit_log, completions, documents, followed, signals
        from portal.participation.personal_data import register_personal_data
        from portal.people.account_menu import Entry, register

        register(Entry(_("What I follow"), "following", 45, "bell", _("And how often you are told by e-mail")))
        register(Entry(_("My comments"), "my_comments", 35, "comment", _("What became of them, and how to appeal")))
        completions.register()
        register_personal_data()
        documents.register_facets()
        followed.register()
        signals.connect()
        post_migrate.connect(audit_log.protect_after_migration, sender=self, dispatch_uid="participation.audit_log")
