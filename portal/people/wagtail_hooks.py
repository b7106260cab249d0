from wagtail import hooks
from wagtail.snippets.models import register_snippet

from portal.people.viewsets import OrganisationViewSet
from portal.people.viewsets.memberships import MembershipViewSet

register_snippet(OrganisationViewSet)


@hooks.register("register_admin_viewset")
def register_memberships() -> MembershipViewSet:
    """Let facilitators verify who belongs to an organisation."""
    return MembershipViewSet("membership")
