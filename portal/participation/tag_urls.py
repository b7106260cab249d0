"""The pages of tags, under `/{lang}/tags/`."""

from django.urls import path, re_path

from portal.participation.views.tag_pages import tag_index, tag_page

urlpatterns = [
    path("", tag_index, name="tags"),
    re_path(r"^(?P<slug>[-\w]{1,100})/$", tag_page, name="tag"),
]
