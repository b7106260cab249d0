from wagtail import hooks

from portal.participation.viewsets import DiscussionViewSetGroup


@hooks.register("register_admin_viewset")
def register_discussion() -> DiscussionViewSetGroup:
    """Give moderators their menu."""
    return DiscussionViewSetGroup()
