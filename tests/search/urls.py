"""The addresses of search alone, so that its tests need no other app."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("api/search/", include("search.api_urls")),
    *i18n_patterns(path("search/", include("search.urls")), path("", include("wagtail.urls"))),
]
