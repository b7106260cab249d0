"""Addresses of the workshop that are no Wagtail pages, under `/{lang}/sessions/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
