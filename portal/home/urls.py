"""Addresses of Wagtail's pages."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views

from portal.home.views import serve_page

_password = wagtail_views.authenticate_with_password
_util = "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/"

urlpatterns = [
    path(_util, _password, name="wagtailcore_authenticate_with_password"),
    re_path(wagtail_urls.serve_pattern, serve_page),
    path("", include(wagtail_urls)),
]
