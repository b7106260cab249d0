"""What a person wrote and what they follow, under `/{lang}/account/`."""

from django.urls import path

from portal.participation.views.following import following, preview
from portal.participation.views.moderation import my_comments

urlpatterns = [
    path("comments/", my_comments, name="my_comments"),
    path("following/", following, name="following"),
    path("following/preview/", preview, name="digest_preview"),
]
