"""Saying "I did the same", and settling it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from good_practices.domain import inspiration as domain
from good_practices.enums import InspirationState
from good_practices.forms.choosing import PracticeField, page_of
from good_practices.models import Inspiration, PracticePage
from portal.base.text import clean_text

NOTE_LENGTH = Inspiration._meta.get_field("note").max_length


class SameForm(forms.Form):
    """Which of the reader's own practices did the same."""

    practice = forms.ChoiceField(label=_("Your practice"), error_messages={"invalid_choice": _("Choose a practice of yours.")})
    note = forms.CharField(
        label=_("What did you take from it, and what did you change?"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"max_length": _("At most %(limit_value)d characters (yours has %(show_value)d).")},
    )

    def __init__(self, *args: Any, own: Mapping[UUID, PracticePage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].choices = [(str(key), page.title) for key, page in own.items()]  # type: ignore[attr-defined]

    def clean_note(self) -> str:
        """Return the text without invisible characters."""
        return clean_text(self.cleaned_data["note"])


class InspirationForm(WagtailAdminModelForm):
    """What facilitators settle, or say themselves."""

    practice = PracticeField(label=_("Practice"))
    inspired_by = PracticeField(label=_("inspired by"))

    field_order = ["practice", "inspired_by", "note", "language", "state"]

    class Meta:
        model = Inspiration
        fields = ["note", "language", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["practice"] = page_of(self.instance.practice_key)
            self.initial["inspired_by"] = page_of(self.instance.inspired_by_key)
            for name in ("practice", "inspired_by"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any] | None:
        """Refuse a link that would make a circle, or that was said already."""
        data = super().clean()
        practice, inspired_by = self.cleaned_data.get("practice"), self.cleaned_data.get("inspired_by")
        if not practice or not inspired_by:
            return data
        self.instance.practice_key = practice.translation_key
        self.instance.inspired_by_key = inspired_by.translation_key
        if self.cleaned_data.get("state") == InspirationState.CONFIRMED:
            domain.check_link(self.instance.practice_key, self.instance.inspired_by_key)
        twins = Inspiration.objects.filter(
            practice_key=self.instance.practice_key, inspired_by_key=self.instance.inspired_by_key
        ).exclude(pk=self.instance.pk)
        if twins.exists():
            raise ValidationError(_("This was said already."))
        return data

    def save(self, commit: bool = True) -> Inspiration:
        """Keep it, with what follows for the practice's pages."""
        said: Inspiration = super().save(commit=False)
        domain.settle(said, InspirationState(said.state), self.for_user)
        return said
