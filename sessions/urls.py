"""Addresses of the workshop that are no Wagtail pages, under `/{lang}/sessions/`."""

from django.urls import URLPattern, path

from sessions.views import materials, recordings

urlpatterns: list[URLPattern] = [
    path("<str:slug>/recordings/<int:pk>/chapters.json", recordings.chapters_json, name="recording_chapters"),
    path("<str:slug>/recordings/<int:pk>/chapters.vtt", recordings.chapters_vtt, name="recording_chapters_vtt"),
    path("<str:slug>/recordings/<int:pk>/<str:language>.vtt", recordings.captions, name="recording_captions"),
    path("<str:slug>/recordings/<int:pk>/<str:language>.srt", recordings.subtitles, name="recording_subtitles"),
    path("<str:slug>/recordings/<int:pk>/<str:language>.txt", recordings.transcript, name="recording_transcript"),
    path(
        "<str:slug>/materials/<int:pk>/<str:version>/<int:number>.webp",
        materials.page_image,
        name="material_page",
    ),
]
