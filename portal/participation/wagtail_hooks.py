from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from portal.participation.domain.opening import SET_MODE
from portal.participation.viewsets import DiscussionViewSetGroup, opening


@hooks.register("register_admin_viewset")
def register_discussion() -> DiscussionViewSetGroup:
    """Give moderators their menu."""
    return DiscussionViewSetGroup()


@hooks.register("register_admin_urls")
def opening_urls() -> list[URLPattern]:
    """Let discussions be opened and closed."""
    return opening.urls()


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def opening_button(page: Any, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """Lead from a page that is discussed to how it is."""
    if user.has_perm(SET_MODE) and getattr(page.specific_class, "discussable", False):
        address = reverse("discussion_opening", args=[page.translation_key])
        yield Button(_("Discussion"), address, icon_name="comment", priority=75)
