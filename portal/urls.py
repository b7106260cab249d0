"""Addresses of the whole portal: one `include()` per room. What Wagtail cannot route stands before its pages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as cms_urls
from wagtail.documents import urls as document_urls

from portal.base.media import media
from portal.base.views import front_door
from portal.people.views.accounts import cms_door

urlpatterns = [
    path("", front_door, name="front_door"),
    path("", include("portal.operations.urls")),
    path("api/search/", include("search.api_urls")),
    path("cms/login/", cms_door),
    path("cms/", include(cms_urls)),
    path("documents/", include(document_urls)),
    re_path(r"^media/(?P<path>.*)$", media, name="media"),
    *i18n_patterns(
        path("account/", include("portal.people.urls")),
        path("account/", include("portal.participation.account_urls")),
        path("account/", include("allauth.account.urls")),
        path("account/second-factor/", include("allauth.mfa.urls")),
        path("privacy/", include("portal.people.privacy_urls")),
        path("search/", include("search.urls")),
        path("participation/", include("portal.participation.urls")),
        path("tags/", include("portal.participation.tag_urls")),
        path("practices/", include("good_practices.urls")),
        path("sessions/", include("sessions.urls")),
        path("", include("good_practices.directory_urls")),
        path("", include("portal.home.urls")),
    ),
]
