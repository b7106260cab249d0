from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.desk.panels import ComingPanel, FiguresPanel, WaitingPanel
from portal.desk.views.calendar import CalendarView
from portal.desk.views.translations import CompareView, MatrixView


@hooks.register("construct_homepage_panels")
def desk(request: HttpRequest, panels: list[Any]) -> None:
    """Put what waits first, and the figures last."""
    panels += [WaitingPanel(request), ComingPanel(request), FiguresPanel(request)]


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Give the desk's pages their addresses."""
    return [
        path("calendar/", CalendarView.as_view(), name="desk_calendar"),
        path("translations/", MatrixView.as_view(), name="desk_translations"),
        path("translations/compare/", CompareView.as_view(), name="desk_compare"),
    ]


@hooks.register("register_admin_menu_item")
def translations_menu_item() -> MenuItem:
    """Lead to the matrix of translations from the menu."""
    return MenuItem(_("Translations"), reverse("desk_translations"), icon_name="wagtail-localize-language", order=260)


@hooks.register("register_admin_menu_item")
def calendar_menu_item() -> MenuItem:
    """Lead to the publication calendar from the menu."""
    return MenuItem(_("Publication calendar"), reverse("desk_calendar"), icon_name="calendar", order=270)
