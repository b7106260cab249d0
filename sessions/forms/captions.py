from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from sessions.captions.domain import ChapterRow
from sessions.captions.timestamps import clock, seconds_asked
from sessions.models import Chapter

MAX_CHARACTERS = 2_000_000
"""Characters of captions that a form takes: what 10,000 captions are at most, and what a request may carry."""


class CaptionsForm(forms.Form):
    """Captions of one language as text; a file is read into the text first."""

    vtt = forms.CharField(
        label=_("WebVTT"),
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true", "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("WebVTT or SRT file"), required=False, widget=forms.FileInput(attrs={"accept": ".vtt,.srt,.txt"})
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> datetime.datetime | None:
        """Return when the captions were kept that the writer started from; None where there were none."""
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None


class ChapterForm(forms.Form):
    """One chapter; an empty row is no chapter."""

    start = forms.CharField(label=_("Start"), required=False, max_length=12)
    title_ar = forms.CharField(label=_("title in Arabic"), required=False, max_length=160)
    title_fr = forms.CharField(label=_("title in French"), required=False, max_length=160)
    title_en = forms.CharField(label=_("title in English"), required=False, max_length=160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, _name in settings.LANGUAGES:
            self.fields[f"title_{language}"].widget.attrs.update(lang=language, dir="rtl" if language == "ar" else "ltr")
        self.fields["start"].widget.attrs.update(dir="ltr", size=8, placeholder="1:23")

    def clean(self) -> dict[str, Any]:
        """Ask for a moment that can be, and an Arabic title, unless the row is empty."""
        given = super().clean() or {}
        if not any(given.get(name) for name in self.fields):
            return given
        if seconds_asked(given.get("start") or "") is None:
            self.add_error("start", ValidationError(_("A moment is written 1:23, or 1:02:03.")))
        if not given.get("title_ar"):
            self.add_error("title_ar", ValidationError(_("A chapter needs its title in Arabic.")))
        return given

    @property
    def row(self) -> ChapterRow | None:
        """The chapter that a valid row says; None for an empty one."""
        given = self.cleaned_data
        start = seconds_asked(given.get("start") or "")
        return None if start is None else ChapterRow(start, given["title_ar"], given["title_fr"], given["title_en"])

    @staticmethod
    def initial_of(chapter: Chapter) -> dict[str, str]:
        """Return what the form of a chapter begins with."""
        titles = {name: getattr(chapter, name) for name in ("title_ar", "title_fr", "title_en")}
        whole = chapter.start == int(chapter.start)
        return {"start": clock(chapter.start) if whole else f"{chapter.start:.3f}", **titles}


ChapterFormSet = forms.formset_factory(ChapterForm, extra=4, max_num=200, absolute_max=220, validate_max=True)
