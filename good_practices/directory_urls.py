"""Addresses of places and organisations, under `/{lang}/`."""

from django.urls import URLPattern, path, re_path

from good_practices.views import organisations, places

urlpatterns: list[URLPattern] = [
    path("places/", places.place_search, name="places"),
    path("places/suggest/", places.place_suggest, name="place_suggest"),
    re_path(r"^places/(?P<code>[0-9A-Za-z.-]{1,20})/$", places.place_page, name="place"),
    path("organisations/", organisations.directory, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation_page, name="organisation"),
]
