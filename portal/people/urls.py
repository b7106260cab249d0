"""Pages about the reader, under `/{lang}/account/`."""

from django.urls import path

from portal.people.views import my_organisations
from portal.people.views.accounts import account, my_sign_ins, profile

urlpatterns = [
    path("", account, name="account"),
    path("organisations/", my_organisations, name="my_organisations"),
    path("profile/", profile, name="profile"),
    path("sign-ins/", my_sign_ins, name="my_sign_ins"),
]
