"""Addresses of Wagtail's pages."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls

from portal.home.views import serve_page

urlpatterns = [
    re_path(wagtail_urls.serve_pattern, serve_page),
    path("", include(wagtail_urls)),
]
