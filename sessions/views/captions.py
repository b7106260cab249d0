"""Captions and chapters, written beside the player in the CMS."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.base.languages import direction
from sessions.captions import MAX_BYTES, Problem, decode, parse, write_vtt
from sessions.captions.decoding import NotTextError
from sessions.captions.domain import CaptionsConflictError, CaptionsError, keep_captions, keep_chapters, remove_captions
from sessions.forms.captions import MAX_CHARACTERS, CaptionsForm, ChapterForm, ChapterFormSet
from sessions.models import CaptionTrack, Recording, SessionPage
from sessions.player import Player

EMPTY = "WEBVTT\n\n"


class CaptionsView(WagtailAdminTemplateMixin, TemplateView):
    """The captions of a recording in one language, its chapters, and the player.

    Its buttons are `check`, `save`, `remove` and `chapters`.
    """

    template_name = "sessions/cms/captions.html"
    page_title = gettext_lazy("Captions and chapters")
    header_icon = "openquote"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the recording, and the language that the address or the form names."""
        super().setup(request, *args, **kwargs)
        self.recording = get_object_or_404(Recording, pk=kwargs["pk"])
        asked = request.POST.get("language") or request.GET.get("language") or self.recording.spoken_language
        self.language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []
        self.conflict = False

    def get_page_subtitle(self) -> str:
        """Return which recording of which session this is."""
        session = self.session
        return f"{session.title} · {self.recording}" if session else str(self.recording)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here, this page the last."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    @property
    def session(self) -> SessionPage | None:
        """A page of the session, whatever its language; None where the session was deleted."""
        return SessionPage.objects.filter(translation_key=self.recording.session_key).order_by("locale_id").first()

    @property
    def track(self) -> CaptionTrack | None:
        """The captions that are kept."""
        return self.recording.tracks.filter(language=self.language).first()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the pressed button says; on any error show the form again with what was written."""
        if "chapters" in request.POST:
            return self._keep_chapters(request)
        form = CaptionsForm(request.POST, request.FILES)
        if not form.is_valid():
            self.errors = [Problem(1, str(error)) for errors in form.errors.values() for error in errors]
            return self._again(request.POST.get("vtt", "")[:MAX_CHARACTERS])
        if form.cleaned_data["file"]:
            return self._read(form.cleaned_data["file"])
        if "remove" in request.POST:
            return self._remove(form)
        if "save" in request.POST:
            return self._keep(form)
        return self._check(form.cleaned_data["vtt"])

    def _read(self, file: UploadedFile[Any]) -> HttpResponse:
        """Show what a file says, converted where nothing is wrong, for the facilitator to look at before it is kept."""
        try:
            text, told = decode(file.read(MAX_BYTES + 1), self.language)
        except NotTextError as error:
            self.errors = [Problem(1, str(error))]
            return self._again(self.track.vtt if self.track else EMPTY)
        if len(text) > MAX_CHARACTERS:
            self.errors = [Problem(1, _("The text is larger than 2 million characters: captions are much smaller."))]
            return self._again(self.track.vtt if self.track else EMPTY)
        self.warnings += told
        return self._check(text.replace("\0", "\ufffd"), read=True)

    def _check(self, text: str, *, read: bool = False) -> HttpResponse:
        parsed = parse(text, self.recording.duration)
        self.errors += parsed.errors
        self.warnings += parsed.warnings
        if not parsed.errors and read:
            messages.info(self.request, _("The file was read and is not kept yet: look through it, then save."))
            text = write_vtt(parsed.cues, self.language, parsed.notes)
        elif not parsed.errors:
            messages.success(self.request, _("Nothing is wrong with these captions. They are not kept yet."))
        return self._again(text)

    def _keep(self, form: CaptionsForm) -> HttpResponse:
        text = form.cleaned_data["vtt"]
        try:
            kept = keep_captions(self.recording, self.language, text, seen=form.cleaned_data["seen"])
        except CaptionsError as error:
            self.errors = list(error.problems)
            return self._again(text)
        except CaptionsConflictError:
            self.conflict = True
            return self._again(text)
        for problem in kept.warnings:
            messages.warning(self.request, _("Line %(line)s: %(words)s") % {"line": problem.line, "words": problem.message})
        messages.success(self.request, _("The captions are kept."))
        return self._back()

    def _remove(self, form: CaptionsForm) -> HttpResponse:
        try:
            remove_captions(self.recording, self.language, seen=form.cleaned_data["seen"])
        except CaptionsConflictError:
            self.conflict = True
            return self._again(form.cleaned_data["vtt"])
        messages.success(self.request, _("The captions in this language were removed."))
        return self._back()

    def _keep_chapters(self, request: HttpRequest) -> HttpResponse:
        chapters = ChapterFormSet(request.POST, prefix="chapters")
        if chapters.is_valid():
            rows = [form.row for form in chapters if form.row]
            try:
                keep_chapters(self.recording, rows)
            except CaptionsError as error:
                found = [
                    _("Chapter %(number)s: %(words)s") % {"number": one.line, "words": one.message} for one in error.problems
                ]
                return self.render_to_response(self.get_context_data(chapters=chapters, chapter_errors=found))
            messages.success(request, _("The chapters are kept."))
            return self._back()
        found = [_("The chapters are not kept: look at the rows below.")]
        return self.render_to_response(self.get_context_data(chapters=chapters, chapter_errors=found))

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(f"{reverse('captions_edit', args=[self.recording.pk])}?language={self.language}")

    def _again(self, text: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data(text=text))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form, the chapters, the player and what is wrong."""
        track = self.track
        seen = track.updated_at.isoformat() if track else ""
        if not self.conflict:
            seen = self.request.POST.get("seen", seen)
        kept = track.vtt if track else EMPTY
        form = CaptionsForm(initial={"vtt": kwargs.get("text", kept), "language": self.language, "seen": seen})
        form.fields["vtt"].widget.attrs["lang"] = self.language
        rows = [ChapterForm.initial_of(chapter) for chapter in self.recording.chapters.all()]
        others = {one.language for one in self.recording.tracks.all()}
        return super().get_context_data(
            **{"chapters": ChapterFormSet(initial=rows, prefix="chapters"), **kwargs},
            recording=self.recording,
            language=self.language,
            direction=direction(self.language),
            languages=[(code, name, code in others) for code, name in settings.LANGUAGES],
            form=form,
            track=track,
            errors=self.errors,
            warnings=self.warnings,
            conflict=self.conflict,
            choice=self._choice(),
        )

    def _choice(self) -> Any:
        """Return the file to play while writing: the small picture, or the sound; None where there is none yet."""
        session = self.session
        return Player(session, self.recording, {}).choice if session else None
