"""Who speaks in the workshop, one page each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions.models import SessionPage, Speaker
from sessions.programme.timetable import programme_of
from sessions.views.lookup import public_workshop


@require_safe
def speaker_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who somebody is and where they speak. Raises Http404 where they speak in no published session of any language."""
    workshop = public_workshop()
    speaker = Speaker.objects.select_related("organisation").filter(slug=slug).first()
    if speaker is None or not SessionPage.objects.published().filter(session_speakers__speaker=speaker).exists():
        raise Http404
    question = QueryDict(mutable=True)
    question["speaker"] = slug
    programme = programme_of(workshop, question)
    calendar = f"{workshop.get_url(request)}speakers/{slug}.ics"
    shown = programme if programme.filtered else None  # nothing of theirs is in this language
    context = {"speaker": speaker, "workshop": workshop, "programme": shown, "calendar_url": calendar}
    return render(request, "sessions/speaker.html", context)
