from wagtail.snippets.models import register_snippet

from portal.people.viewsets import OrganisationViewSet

register_snippet(OrganisationViewSet)
