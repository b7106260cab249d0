"""Recordings in the CMS: the list, the forms, how far the preparation is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views import View
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView, PermissionCheckedMixin

from portal.base.languages import current_language
from portal.base.sizes import file_size
from sessions.enums import RecordingStatus
from sessions.media import domain, journal, places, uploads
from sessions.models import Recording, SessionPage


class RecordingIndexView(IndexView):
    """The recordings of all sessions, with where each stands."""

    def get_base_queryset(self) -> QuerySet[Recording]:
        """Return the recordings with the title of their session in the reader's language, in two queries."""
        rank = Case(When(locale__language_code=current_language(), then=Value(0)), default=Value(1))
        pages = SessionPage.objects.filter(translation_key=OuterRef("session_key")).order_by(rank, "pk")
        recordings: QuerySet[Recording] = super().get_base_queryset().prefetch_related("renditions")
        return recordings.annotate(session_title=Subquery(pages.values("title")[:1]))


class RecordingCreateView(CreateView):
    """Adds a recording; `?session=` names the session's page."""

    def get_initial(self) -> dict[str, Any]:
        """Return the session that the address names, where there is one."""
        given = self.request.GET.get("session", "")
        page = (
            SessionPage.objects.filter(pk=int(given)).first() if given.isascii() and given.isdigit() and len(given) < 19 else None
        )
        return {**super().get_initial(), "session": page} if page else super().get_initial()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form why a file did not arrive."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if self.request.method == "POST":
            kwargs["upload_fault"] = uploads.fault_of(self.request)
        return kwargs

    def save_instance(self) -> Recording:
        """Note who uploads."""
        self.form.instance.uploaded_by = self.request.user
        recording: Recording = super().save_instance()
        return recording

    def get_success_url(self) -> str:
        """Lead to the recording itself, where its preparation is told."""
        return self.get_edit_url()


class RecordingEditView(EditView):
    """The words of a recording, and above them how it is and how it plays."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how far the preparation is."""
        return super().get_context_data(**kwargs, **status_context(self.object))

    def get_success_url(self) -> str:
        """Stay with the recording."""
        return self.get_edit_url()


class RecordingDeleteView(DeleteView):
    """Deletes a recording with all its files, after saying what that means."""

    @property
    def confirmation_message(self) -> str:
        """What is lost."""
        recording: Recording = self.object
        lines = [gettext("Delete this recording, with its captions and chapters? This cannot be undone.")]
        if recording.original:
            lines.append(gettext("The uploaded file is deleted from the server, too: keep a copy of it if it is the only one."))
        if count := len(recording.renditions.all()):
            words = ngettext(
                "%(count)d file made of it is deleted (%(size)s).", "%(count)d files made of it are deleted (%(size)s).", count
            )
            lines.append(words % {"count": count, "size": file_size(recording.size)})
        return " ".join(lines)


class StatusView(PermissionCheckedMixin, View):
    """How far a recording is (GET: the part of the page that htmx asks for again); POST prepares it anew."""

    permission_required = "change"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the part."""
        recording = get_object_or_404(Recording, pk=pk)
        return render(request, "sessions/cms/_recording_status.html", status_context(recording))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have it prepared, unless it just is."""
        recording = get_object_or_404(Recording.objects.exclude(original=""), pk=pk)
        domain.enqueue(recording)
        messages.success(request, gettext("The recording will be prepared; what visitors have stays until then."))
        return redirect(reverse("recording:edit", args=[pk]))


def status_context(recording: Recording) -> dict[str, Any]:
    """Return what the part on the preparation shows: its lines, whether it moves, whether it can be started."""
    unfinished = bool(recording.original) and (recording.status != RecordingStatus.READY or recording.progress < 100)
    fault = journal.last_fault(recording.log)
    moving = unfinished and not fault and (recording.status == RecordingStatus.WAITING or places.is_taken(recording.pk))
    return {
        "recording": recording,
        "lines": journal.read(recording.log),
        "fault": fault,
        "moving": moving,
        "cut_off": unfinished and not fault and not moving,
        "can_start": bool(recording.original) and not moving,
    }
