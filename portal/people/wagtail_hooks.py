from wagtail import hooks
from wagtail.snippets.models import register_snippet

from portal.people.viewsets import OrganisationViewSet
from portal.people.viewsets.data_requests import DataRequestViewSet
from portal.people.viewsets.memberships import MembershipViewSet

register_snippet(OrganisationViewSet)


@hooks.register("register_admin_viewset")
def register_memberships() -> MembershipViewSet:
    """Let facilitators verify who belongs to an organisation."""
    return MembershipViewSet("membership")


@hooks.register("register_admin_viewset")
def register_data_requests() -> DataRequestViewSet:
    """Let facilitators answer what people ask about their data."""
    return DataRequestViewSet("data_request")
