from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from good_practices.views import imports
from good_practices.viewsets.mistakes import MistakeViewSet


@hooks.register("register_admin_viewset")
def register_mistakes() -> MistakeViewSet:
    """Give facilitators the reports of readers."""
    return MistakeViewSet("mistake")


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """Give facilitators the imports."""
    return imports.urls()


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    """Lead to the imports from the menu."""
    return imports.menu_item()
