"""Addresses of the workshop that are no Wagtail pages, under `/{lang}/sessions/`."""

from django.urls import URLPattern, path

from sessions.views import speakers

urlpatterns: list[URLPattern] = [
    path("speakers/<slug:slug>/", speakers.speaker_page, name="speaker"),
]
