"""What the reader follows, under `/{lang}/account/following/`."""

from django.urls import path

from portal.participation.views.following import following, preview

urlpatterns = [
    path("", following, name="following"),
    path("preview/", preview, name="digest_preview"),
]
