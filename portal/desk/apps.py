from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from portal.desk import signals
        from portal.people.personal_data import register, signed

        register(*signed("desk.TranslationState.translated_by", "desk.TranslationState.reviewed_by"))
        signals.connect()
