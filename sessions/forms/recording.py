"""The forms in which facilitators add and change recordings."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser

from portal.base.sizes import file_size
from portal.base.text import clean_text
from sessions.media import domain, external
from sessions.media.faults import Fault, MediaError
from sessions.media.probe import HEAD_BYTES, check_head
from sessions.models import Recording, SessionPage

EXTENSIONS = (
    *(".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".ts", ".3gp", ".ogv"),
    *(".mp3", ".m4a", ".aac", ".wav", ".ogg", ".oga", ".opus", ".flac", ".amr"),
)
_SHARED = ["label_ar", "label_fr", "label_en", "spoken_language", "order", "live", "illustrative"]


class SessionChooser(AdminPageChooser):
    """Wagtail's chooser, which shows nothing chosen where a forged form names no page."""

    def get_value_data(self, value: Any) -> Any:
        """Return what is shown of a chosen page; None for what is none."""
        try:
            return super().get_value_data(value)
        except (ValueError, OverflowError, ObjectDoesNotExist):
            return None


class SessionField(forms.ModelChoiceField):
    """The session that a recording belongs to, chosen in any of its languages."""

    def __init__(self) -> None:
        widget = SessionChooser(target_models=[SessionPage])
        super().__init__(queryset=SessionPage.objects.all(), widget=widget, label=_("Session"))


class RecordingForm(WagtailAdminModelForm):
    """What can be changed of a recording. Its file cannot: another file is another recording."""

    session = SessionField()

    field_order = ["session", "original", "external_url", *_SHARED]

    class Meta:
        model = Recording
        fields = ["external_url", *_SHARED]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["session"] = SessionPage.objects.filter(translation_key=self.instance.session_key).first()
            if not self.instance.external_url:
                del self.fields["external_url"]
            else:
                self.fields["external_url"].required = True

    def clean_external_url(self) -> str:
        """Return the address without what follows visitors around."""
        address = self.cleaned_data["external_url"]
        return external.parse(address).watch_url if address else ""

    def save(self, commit: bool = True) -> Recording:
        """Keep the recording, with what follows from that."""
        recording: Recording = super().save(commit=False)
        recording.session_key = self.cleaned_data["session"].translation_key
        domain.keep(recording)
        return recording


class NewRecordingForm(RecordingForm):
    """A recording to add: a file, or an address."""

    original = forms.FileField(
        label=_("Video or sound file"),
        required=False,
        allow_empty_file=True,  # told in our own words
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )

    class Meta(RecordingForm.Meta):
        fields = ["original", *RecordingForm.Meta.fields]

    def __init__(self, *args: Any, upload_fault: Fault | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload_fault = upload_fault
        limit = gettext("At most %(size)s. Kept as it is; visitors get smaller files made of it.")
        self.fields["original"].help_text = limit % {"size": file_size(settings.MEDIA_MAX_BYTES)}
        self.fields["original"].widget.attrs |= {
            "data-most-bytes": settings.MEDIA_MAX_BYTES,
            "data-too-large": Fault.TOO_LARGE.label,
        }
        self.fields["external_url"].label = _("Or its address elsewhere")
        self.fields["external_url"].help_text = _("YouTube, Vimeo, PeerTube… Visitors are told before they leave for it.")

    def clean_original(self) -> Any:
        """Refuse a name or a content that is no medium, before anything is kept."""
        file = self.cleaned_data["original"]
        if self.upload_fault:
            raise ValidationError(self.upload_fault.label, code=self.upload_fault.value)
        if not file:
            return file
        if PurePosixPath(file.name.lower()).suffix not in EXTENSIONS:
            raise ValidationError(Fault.NOT_MEDIA.label, code=Fault.NOT_MEDIA.value)
        try:
            check_head(file.read(HEAD_BYTES))
        except MediaError as error:
            raise ValidationError(error.fault.label, code=error.fault.value) from None
        file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for a file or an address, not both."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors.keys() & {"original", "external_url"}:
            file, address = cleaned.get("original"), cleaned.get("external_url")
            if file and address:
                self.add_error("external_url", _("Give a file or an address, not both."))
            if not file and not address:
                self.add_error("original", _("Choose a file, or write an address below."))
        return cleaned

    def save(self, commit: bool = True) -> Recording:
        """Keep the recording and the name that its file came with."""
        if file := self.cleaned_data.get("original"):
            self.instance.original_name = clean_text(file.name)[:255]
        return super().save(commit)
