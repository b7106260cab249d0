"""Addresses of the library that are no Wagtail pages, under `/{lang}/practices/`."""

from django.urls import path

from good_practices.views import contributing

urlpatterns = [
    path("contribute/", contributing.contribute, name="contribute"),
    path("contribute/<uuid:key>/withdraw/", contributing.withdraw, name="contribution_withdraw"),
    path("contribute/<uuid:key>/files/add/", contributing.add_file, name="contribution_add_file"),
    path("contribute/<uuid:key>/files/<int:pk>/", contributing.download, name="contribution_file"),
    path("contribute/<uuid:key>/files/<int:pk>/remove/", contributing.remove_file, name="contribution_remove_file"),
    path("contribute/<uuid:key>/<slug:slug>/", contributing.step, name="contribution_step"),
    path("contribute/<uuid:key>/<slug:slug>/save/", contributing.autosave, name="contribution_autosave"),
]
