"""Addresses of the library that are no Wagtail pages, under `/{lang}/practices/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
