from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate


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
        """Welcome who signs up, tell search of organisations, and keep the roles in step after every migration."""
        from portal.people import components, documents, signals  # noqa: F401 - importing components enters them
        from portal.people.personal_data.own import register_own
        from portal.people.retention import register_own_terms

        documents.register_documents()
        register_own()
        register_own_terms()
        signals.connect()
        post_migrate.connect(_ensure_roles, sender=self, dispatch_uid="people.ensure_roles")
