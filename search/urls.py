"""The search page, its suggestions and its feed, under `/{lang}/search/`."""

from django.urls import path

from search.views import search_feed, search_page, search_suggest

urlpatterns = [
    path("", search_page, name="search"),
    path("suggest/", search_suggest, name="search_suggest"),
    path("feed/", search_feed, name="search_feed"),
]
