"""Addresses of the workshop that are no Wagtail pages, under `/{lang}/sessions/`."""

from django.urls import re_path

from sessions.views.evaluation import evaluation
from sessions.views.live import join, live, room

urlpatterns = [
    re_path(r"^(?P<slug>[-\w]+)/live/$", live, name="session_live"),
    re_path(r"^(?P<slug>[-\w]+)/join/$", join, name="session_join"),
    re_path(r"^(?P<slug>[-\w]+)/room/$", room, name="session_room"),
    re_path(r"^(?P<slug>[-\w]+)/evaluation/$", evaluation, name="session_evaluation"),
]
