"""Search as JSON, under `/api/search/`."""

from django.urls import path

from search.views import search_api

urlpatterns = [path("", search_api, name="search_api")]
