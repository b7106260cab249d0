"""The portal's addresses with those of captions and chapters, which feeds link to."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import path

from portal.urls import urlpatterns as portal_patterns


def _empty(request, **kwargs):
    return HttpResponse()


urlpatterns = [
    *i18n_patterns(
        path("sessions/<str:slug>/recordings/<int:pk>/<str:language>.vtt", _empty, name="recording_captions"),
        path("sessions/<str:slug>/recordings/<int:pk>/chapters.json", _empty, name="recording_chapters"),
    ),
    *portal_patterns,
]
