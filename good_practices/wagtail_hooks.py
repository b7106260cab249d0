from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from good_practices.views import imports
from good_practices.viewsets.assessments import AssessmentViewSet
from good_practices.viewsets.commitments import CommitmentViewSet
from good_practices.viewsets.contributions import ContributionViewSet
from good_practices.viewsets.inspirations import InspirationViewSet
from good_practices.viewsets.mistakes import MistakeViewSet
from good_practices.viewsets.spaces import SpaceViewSet

register_snippet(SpaceViewSet)


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


@hooks.register("register_admin_viewset")
def register_contributions() -> ContributionViewSet:
    """Show reviewers what participants propose."""
    return ContributionViewSet()


@hooks.register("register_log_actions")
def register_contribution_actions(actions: Any) -> None:
    """Tell the history of a practice when its association published it without a review."""
    words = _("Published by a trusted association")
    actions.register_action("good_practices.publish_directly", words, words)


@hooks.register("register_admin_viewset")
def register_assessments_and_commitments() -> list[AssessmentViewSet | CommitmentViewSet | InspirationViewSet]:
    """Show assessments, commitments and "I did the same" in the CMS."""
    return [AssessmentViewSet(), CommitmentViewSet(), InspirationViewSet()]
