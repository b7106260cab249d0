"""The podcasts of the recordings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from portal.base.conditional import conditional, origin_of
from portal.base.languages import current_language
from sessions.podcasts import Podcast, episodes, podcast_rss
from sessions.views.lookup import public_workshop


@require_safe
def audio(request: HttpRequest) -> HttpResponseBase:
    """Answer the recordings to listen to."""
    return _podcast(request, "audio")


@require_safe
def video(request: HttpRequest) -> HttpResponseBase:
    """Answer the recordings to watch."""
    return _podcast(request, "video")


def _podcast(request: HttpRequest, medium: str) -> HttpResponseBase:
    base, language = origin_of(request), current_language()
    image = f"{base}{static('portal/img/podcast.png')}"
    podcast = Podcast(public_workshop(), language, medium, base, f"{base}{request.path}", image)
    found = episodes(medium, language)
    changed = max((episode.recording.updated_at for episode in found), default=None)
    body = podcast_rss(podcast, found)
    return conditional(request, body, "application/rss+xml; charset=utf-8", changed=changed)
