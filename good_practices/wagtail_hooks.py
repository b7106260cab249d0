from wagtail import hooks
from wagtail.snippets.models import register_snippet

from good_practices.viewsets.assessments import AssessmentViewSet
from good_practices.viewsets.commitments import CommitmentViewSet
from good_practices.viewsets.inspirations import InspirationViewSet
from good_practices.viewsets.spaces import SpaceViewSet

register_snippet(SpaceViewSet)


@hooks.register("register_admin_viewset")
def register_assessments_and_commitments() -> list[AssessmentViewSet | CommitmentViewSet | InspirationViewSet]:
    """Show assessments, commitments and "I did the same" in the CMS."""
    return [AssessmentViewSet(), CommitmentViewSet(), InspirationViewSet()]
