"""Pages about the reader, under `/{lang}/account/`."""

from django.urls import path

from portal.people import data_views
from portal.people.views import my_organisations
from portal.people.views.accounts import account, my_sign_ins, profile

urlpatterns = [
    path("", account, name="account"),
    path("organisations/", my_organisations, name="my_organisations"),
    path("profile/", profile, name="profile"),
    path("sign-ins/", my_sign_ins, name="my_sign_ins"),
    path("data/", data_views.my_data, name="my_data"),
    path("data/download/", data_views.download, name="data_download"),
    path("data/request/", data_views.data_request, name="data_request"),
    path("data/erase/", data_views.erase, name="data_erase"),
]
