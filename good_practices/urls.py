"""Addresses of the library that are no Wagtail pages, under `/{lang}/practices/`."""

from django.urls import URLPattern, path

from good_practices.views import places

urlpatterns: list[URLPattern] = [
    path("map/", places.practice_map, name="practice_map"),
]
