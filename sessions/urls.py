"""Addresses of the workshop that are no Wagtail pages, under `/{lang}/sessions/`."""

from django.urls import URLPattern, path, re_path

from sessions.views import agenda, evaluation, live, materials, podcasts, recordings, schedule, speakers

_PRIVATE = r"^agenda/(?P<token>[A-Za-z0-9_-]{32})"

urlpatterns: list[URLPattern] = [
    path("schedule.ics", schedule.schedule_ics, name="schedule_ics"),
    path("schedule.json", schedule.schedule_as_json, name="schedule_json"),
    path("schedule.xml", schedule.schedule_as_xml, name="schedule_xml"),
    path("agenda/", agenda.my_agenda, name="agenda"),
    path("agenda.ics", agenda.download, name="agenda_download"),
    path("agenda/star/", agenda.star, name="agenda_star"),
    path("agenda/keep/", agenda.keep, name="agenda_keep"),
    re_path(rf"{_PRIVATE}/$", agenda.private_agenda, name="private_agenda"),
    re_path(rf"{_PRIVATE}\.ics$", agenda.agenda_feed, name="agenda_feed"),
    re_path(rf"{_PRIVATE}/adopt/$", agenda.adopt, name="agenda_adopt"),
    re_path(rf"{_PRIVATE}/revoke/$", agenda.revoke, name="agenda_revoke"),
    re_path(rf"{_PRIVATE}/renew/$", agenda.renew, name="agenda_renew"),
    path("feeds/audio.rss", podcasts.audio, name="podcast_audio"),
    path("feeds/video.rss", podcasts.video, name="podcast_video"),
    path("speakers/<slug:slug>/", speakers.speaker_page, name="speaker"),
    path("speakers/<str:slug>.ics", schedule.speaker_ics, name="speaker_ics"),
    path("<str:slug>.ics", schedule.session_ics, name="session_ics"),
    path("<str:slug>/live/", live.live, name="session_live"),
    path("<str:slug>/join/", live.join, name="session_join"),
    path("<str:slug>/room/", live.room, name="session_room"),
    path("<str:slug>/evaluation/", evaluation.evaluation, name="session_evaluation"),
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
