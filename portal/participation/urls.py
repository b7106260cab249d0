"""Where what participants write is sent, under `/{lang}/participation/`."""

from django.urls import path

from portal.participation.views import add_comment, add_tags

urlpatterns = [
    path("<uuid:key>/comments/", add_comment, name="add_comment"),
    path("<uuid:key>/tags/", add_tags, name="add_tags"),
]
