"""The form of a file that goes with a contribution."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from good_practices.domain.contribution_files import FILE_BYTES
from good_practices.forms.fields import Words
from good_practices.uploads import EXTENSIONS, is_what_it_says
from portal.base.sizes import file_size
from portal.base.text import clean_text


class FileForm(forms.Form):
    """A title and a file; `too_large` says that the file was refused while it arrived."""

    title = Words(
        label=_("What is it?"), max_length=250, required=False, example=_("The petition, with the stamp of the commune")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, picture (JPEG, PNG) or office document, 10 MB at most. Only you and the reviewers see it before publication."
        ),
        widget=forms.ClearableFileInput({"accept": ",".join(EXTENSIONS)}),
        max_length=200,
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        if too_large:
            words = _("This file is larger than %(size)s.") % {"size": file_size(FILE_BYTES)}
            self.fields["file"].error_messages["required"] = words

    def clean_file(self) -> Any:
        """Return the file if it is of a kind that is taken, and what its name says; its name made safe to show."""
        file = self.cleaned_data["file"]
        file.name = clean_text(PurePosixPath(file.name.replace("\\", "/")).name).replace("\n", " ")[-200:]
        if PurePosixPath(file.name).suffix.lower() not in EXTENSIONS:
            raise forms.ValidationError(_("Files of this kind are not taken: %(kinds)s are.") % {"kinds": " ".join(EXTENSIONS)})
        if not is_what_it_says(file.name, file):
            raise forms.ValidationError(_("This file is not what its name says: save it again, and choose it anew."))
        return file
