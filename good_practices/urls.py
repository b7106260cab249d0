"""Addresses of the library that are no Wagtail pages, under `/{lang}/practices/`."""

from django.urls import URLPattern, path

from good_practices.views import dashboard, following, places

urlpatterns: list[URLPattern] = [
    path("dashboard/", dashboard.dashboard, name="practices_dashboard"),
    path("dashboard.csv", dashboard.dashboard_csv, name="practices_dashboard_csv"),
    path("<str:slug>/update/", following.update, name="practice_update"),
    path("map/", places.practice_map, name="practice_map"),
]
