from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _ensure_roles(using: str, **kwargs: Any) -> None:
    """Keep the roles in step with the code; wait while only a part of the tables is there, or the pages were flushed."""
    from wagtail.models import Page

    from portal.people.domain import ensure_roles

    tables = set(connections[using].introspection.table_names())
    wanted = {model._meta.db_table for model in apps.get_models() if model._meta.managed}
    if wanted <= tables and Page.get_first_root_node():
        ensure_roles()


class PeopleConfig(AppConfig):
    name = "portal.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the pages of the account, welcome who signs up, tell search of organisations, and keep the roles in step."""
        from portal.people import components, documents, signals  # noqa: F401 - importing components enters them
        from portal.people.account_menu import Entry, register
        from portal.people.personal_data.own import register_own
        from portal.people.retention import register_own_terms

        register(Entry(_("Profile"), "profile", 10, "person", _("Name or pseudonym, region, languages")))
        register(
            Entry(_("My organisations"), "my_organisations", 20, "building", _("Where a facilitator has verified your role"))
        )
        register(Entry(_("My data"), "my_data", 60, "document", _("Download it, correct it, object, have it erased")))
        register(Entry(_("E-mail address"), "account_email", 70, "comment"))
        register(Entry(_("Password"), "account_change_password", 72, "key"))
        register(Entry(_("Second factor"), "mfa_index", 74, "phone", _("A code of your telephone besides the password")))
        register(Entry(_("Where I am signed in"), "my_sign_ins", 76, "device", _("See the browsers, and sign out of them")))
        documents.register_documents()
        register_own()
        register_own_terms()
        signals.connect()
        post_migrate.connect(_ensure_roles, sender=self, dispatch_uid="people.ensure_roles")
