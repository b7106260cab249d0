from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from portal.desk.panels import ComingPanel, FiguresPanel, WaitingPanel


@hooks.register("construct_homepage_panels")
def desk(request: HttpRequest, panels: list[Any]) -> None:
    """Put what waits first, and the figures last."""
    panels += [WaitingPanel(request), ComingPanel(request), FiguresPanel(request)]
