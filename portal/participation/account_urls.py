"""What a person wrote, under `/{lang}/account/`."""

from django.urls import path

from portal.participation.views.moderation import my_comments

urlpatterns = [path("comments/", my_comments, name="my_comments")]
