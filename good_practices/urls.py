"""Addresses of the library that are no Wagtail pages, under `/{lang}/practices/`."""

from django.urls import URLPattern, path

from good_practices.views import assessment, bookmarks, commitments, compare, inspiration, spaces

urlpatterns: list[URLPattern] = [
    path("bookmarks/", bookmarks.my_bookmarks, name="bookmarks"),
    path("bookmarks/change/", bookmarks.change, name="bookmark"),
    path("bookmarks/export.csv", bookmarks.export, name="bookmarks_export"),
    path("compare/", compare.compare, name="compare"),
    path("criteria/", assessment.criteria, name="criteria"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("spaces/", spaces.spaces, name="spaces"),
    path("spaces/<slug:slug>/", spaces.space, name="space"),
    path("<str:slug>/assess/", assessment.assess, name="assess"),
    path("<str:slug>/same/", inspiration.same, name="same"),
]
