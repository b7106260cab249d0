from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from good_practices.viewsets.contributions import ContributionViewSet


@hooks.register("register_admin_viewset")
def register_contributions() -> ContributionViewSet:
    """Show reviewers what participants propose."""
    return ContributionViewSet()


@hooks.register("register_log_actions")
def register_contribution_actions(actions: Any) -> None:
    """Tell the history of a practice when its association published it without a review."""
    words = _("Published by a trusted association")
    actions.register_action("good_practices.publish_directly", words, words)
