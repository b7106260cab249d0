"""What an association says has happened since."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from good_practices.domain.following import Update
from good_practices.enums import Outcome, StageKind
from good_practices.models.practice import LONGEST_LINK
from portal.base import clock
from portal.base.sizes import file_size
from portal.base.text import clean_text

LARGEST = 10_000_000
"""Bytes of a file of evidence."""
SIGNATURES = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "odt": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "ods": b"PK\x03\x04"}
"""How files of each accepted kind begin."""


class FollowUpForm(forms.Form):
    """A new stage with its evidence, the outcome, words to add to the result: at least one of them."""

    kind = forms.ChoiceField(label=_("New stage"), required=False, help_text=_("Only stages that can come next are offered."))
    date = forms.DateField(
        label=_("Date of the stage"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=_("What happened"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    link = forms.URLField(
        label=_("Evidence: address"),
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    file = forms.FileField(
        label=_("Evidence: file"),
        required=False,
        max_length=150,
        help_text=_("PDF, DOCX, ODT, XLSX or ODS, at most 10 MB. It becomes public: hide signatures and identity numbers."),
        validators=[FileExtensionValidator(SIGNATURES)],
    )
    outcome = forms.ChoiceField(label=_("Outcome now"), choices=Outcome.choices)
    result = forms.CharField(
        label=_("What changed on the ground"),
        required=False,
        max_length=5000,
        help_text=_("Added to the result that the page tells."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, kinds: Sequence[StageKind], outcome: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = outcome
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("No new stage")), *((one.value, one.label) for one in kinds)]
        kind.error_messages["invalid_choice"] = _("This stage cannot come next: perhaps it is there already.")
        self.fields["date"].widget.attrs["max"] = timezone.localdate(clock.now()).isoformat()

    def clean_note(self) -> str:
        """Return the note without invisible characters."""
        return clean_text(self.cleaned_data["note"])

    def clean_result(self) -> str:
        """Return the text without invisible characters."""
        return clean_text(self.cleaned_data["result"])

    def clean_file(self) -> UploadedFile | None:
        """Return the file. Raises ValidationError where it is too large, or is not what its name says."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if not file:
            return None
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("This file has %(size)s: at most 10 MB."), params={"size": file_size(file.size or 0)})
        begins = SIGNATURES[PurePosixPath(file.name or "").suffix.lower().removeprefix(".")]
        if file.read(len(begins)) != begins:
            raise forms.ValidationError(_("This file is not what its name says. Save it as PDF and choose it again."))
        file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing: the date of a stage, the stage of a note, anything at all."""
        data = super().clean() or {}
        belongs = [name for name in ("date", "note", "link", "file") if data.get(name)]
        if data.get("kind") and not data.get("date") and "date" not in self.errors:
            self.add_error("date", _("Write the day of this stage."))
        if belongs and not data.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Choose the stage that this belongs to."))
        changed = data.get("kind") or data.get("result") or data.get("outcome") != self.current
        if not self.errors and not changed:
            raise forms.ValidationError(_("Nothing is new here: choose a stage, another outcome, or write what changed."))
        return data

    def update(self) -> Update:
        """Return what was reported."""
        data = self.cleaned_data
        outcome = data["outcome"] if data["outcome"] != self.current else ""
        return Update(**{name: data[name] for name in ("kind", "date", "note", "link", "file", "result")}, outcome=outcome)
