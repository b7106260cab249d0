from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _ensure_roles(**kwargs: Any) -> None:
    from portal.people.domain import ensure_roles

    ensure_roles()


class PeopleConfig(AppConfig):
    name = "portal.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the roles in step with the code after every migration."""
        from portal.people import signals  # noqa: F401

        post_migrate.connect(_ensure_roles, sender=self, dispatch_uid="people.ensure_roles")
