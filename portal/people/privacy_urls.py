"""What the portal tells everybody of personal data, under `/{lang}/privacy/`; the page itself is Wagtail's."""

from django.urls import path

from portal.people.data_views import inventory

urlpatterns = [path("inventory/", inventory, name="privacy_inventory")]
