"""Pages about the reader, under `/{lang}/account/`."""

from django.urls import path

from portal.people.views import my_organisations

urlpatterns = [path("organisations/", my_organisations, name="my_organisations")]
