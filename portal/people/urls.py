"""Pages about the reader, under `/{lang}/account/`."""

from django.urls import path

from portal.people import data_views
from portal.people.views import my_organisations

urlpatterns = [
    path("organisations/", my_organisations, name="my_organisations"),
    path("data/", data_views.my_data, name="my_data"),
    path("data/download/", data_views.download, name="data_download"),
    path("data/request/", data_views.data_request, name="data_request"),
    path("data/erase/", data_views.erase, name="data_erase"),
]
