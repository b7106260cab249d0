"""The words of a recording as files: captions, transcript, chapters."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from sessions.captions.writing import write_chapters, write_srt, write_text
from sessions.models import CaptionTrack, Recording
from sessions.views.lookup import public_session

CHAPTERS_TYPE = "application/json+chapters"
"""https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md"""


@require_safe
def captions(request: HttpRequest, slug: str, pk: int, language: str) -> HttpResponseBase:
    """Answer the captions of a recording in a language, as WebVTT."""
    return _answer(request, _track(slug, pk, language).vtt, "text/vtt; charset=utf-8")


@require_safe
def subtitles(request: HttpRequest, slug: str, pk: int, language: str) -> HttpResponseBase:
    """Answer the same as SRT, for players that read no WebVTT."""
    return _answer(request, write_srt(_track(slug, pk, language).cues), "application/x-subrip; charset=utf-8")


@require_safe
def transcript(request: HttpRequest, slug: str, pk: int, language: str) -> HttpResponseBase:
    """Answer what is said, to be read."""
    return _answer(request, write_text(_track(slug, pk, language).cues), "text/plain; charset=utf-8")


@require_safe
def chapters_json(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Answer the chapters of a recording as the podcast namespace's JSON, titles in the active language."""
    recording = _recording(slug, pk)
    rows: list[dict[str, Any]] = [{"startTime": chapter.start, "title": chapter.title} for chapter in recording.chapters.all()]
    for row, after in pairwise(rows):
        row["endTime"] = after["startTime"]
    return _answer(request, json.dumps({"version": "1.2.0", "chapters": rows}, ensure_ascii=False), CHAPTERS_TYPE)


@require_safe
def chapters_vtt(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Answer the chapters of a recording as WebVTT, which players show."""
    recording = _recording(slug, pk)
    chapters = [(chapter.start, chapter.title) for chapter in recording.chapters.all()]
    return _answer(request, write_chapters(chapters, recording.duration or 0.0), "text/vtt; charset=utf-8")


def _recording(slug: str, pk: int) -> Recording:
    """Return a public recording of the public session at this address. Raises Http404 for any other."""
    session = public_session(slug)
    found = Recording.objects.public().filter(pk=pk, session_key=session.translation_key).first()
    if found is None:
        raise Http404
    return found


def _track(slug: str, pk: int, language: str) -> CaptionTrack:
    track = CaptionTrack.objects.filter(recording=_recording(slug, pk), language=language).first()
    if track is None:
        raise Http404
    return track


def _answer(request: HttpRequest, text: str, content_type: str) -> HttpResponseBase:
    """Answer a text with its ETag, or 304 to who has it; it is asked again each time, so that a correction shows at once."""
    content = text.encode()
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
