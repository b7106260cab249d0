"""Assessing a practice on the published criteria."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from good_practices.criteria import CRITERIA, Criterion
from good_practices.forms.choosing import PracticeField, page_of
from good_practices.models import Assessment
from portal.base.text import clean_text

COMMENT_LENGTH = Assessment._meta.get_field("comment").max_length


def _number(value: str) -> int | None:
    return int(value) if value else None


def _criterion_field(criterion: Criterion) -> forms.TypedChoiceField:
    """Return the field of a criterion: its levels in words, or no judgement."""
    choices = [*((str(number), f"{number}. {words}") for number, words in criterion.numbered), ("", _("I cannot judge it."))]
    return forms.TypedChoiceField(
        label=criterion.label,
        help_text=criterion.question,
        choices=choices,
        coerce=_number,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class AssessForm(forms.Form):
    """What a peer finds of a practice."""

    comment = forms.CharField(
        label=_("Your comment"),
        help_text=_("What is worth taking over, what should be adjusted. It is shown with the name of your organisation."),
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"max_length": _("A comment has at most %(limit_value)d characters (yours has %(show_value)d).")},
    )

    field_order = [criterion.field for criterion in CRITERIA]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in CRITERIA:
            self.fields[criterion.field] = _criterion_field(criterion)
        self.order_fields(self.field_order)

    def clean_comment(self) -> str:
        """Return the text without invisible characters."""
        return clean_text(self.cleaned_data["comment"])

    def clean(self) -> dict[str, Any] | None:
        """Ask for one judgement at least."""
        data = super().clean()
        if not self.errors and all(self.cleaned_data[criterion.field] is None for criterion in CRITERIA):
            raise forms.ValidationError(_("Judge one criterion at least."))
        return data


class AssessmentForm(WagtailAdminModelForm):
    """What facilitators see of an assessment: they mark experts, note what was adjusted, and make it public."""

    practice = PracticeField()

    field_order = ["practice"]

    class Meta:
        model = Assessment
        fields = [
            *Assessment.CRITERIA,
            *("comment", "language", "organisation", "expert", "assessed_on", "adjusted", "public", "illustrative"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["practice"] = page_of(self.instance.practice_key)
        for criterion in CRITERIA:
            self.fields[criterion.field].label = criterion.label
            self.fields[criterion.field].help_text = criterion.question

    def save(self, commit: bool = True) -> Assessment:
        """Keep it with the practice that was chosen; a new one is by whoever enters it."""
        self.instance.practice_key = self.cleaned_data["practice"].translation_key
        saved: Assessment = super().save(commit)
        return saved
