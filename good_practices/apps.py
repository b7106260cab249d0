from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoodPracticesConfig(AppConfig):
    name = "good_practices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell search, followers, the account and the register of personal data what this app has, and listen to publications."""
        from good_practices import news, signals
        from good_practices.documents import register_documents
        from good_practices.personal_data import register_personal_data
        from portal.people.account_menu import Entry, register

        register_documents()
        register_personal_data()
        register(
            Entry(_("My contributions"), "contribute", 30, "document", _("Practices that you propose, and where they stand"))
        )
        register(Entry(_("My bookmarks"), "bookmarks", 50, "star"))
        news.register()
        signals.connect()
