"""Finding promises, and keeping them in the CMS."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from good_practices.commitments import DUE
from good_practices.domain.commitments import keep_commitment
from good_practices.enums import CommitmentStatus
from good_practices.forms.choosing import PracticeField, key_of, page_of
from good_practices.models import Commitment
from portal.people.models import Organisation
from portal.vocabulary.models import Territory

_ALL = ("", _("All"))


class CommitmentFilterForm(forms.Form):
    """Who, where, kept or not, overdue or not; the choices are what there is."""

    who = forms.ChoiceField(label=_("Who promised"), required=False)
    where = forms.ChoiceField(label=_("Where"), required=False)
    status = forms.ChoiceField(label=_("Kept or not"), required=False, choices=[_ALL, *CommitmentStatus.choices])
    due = forms.ChoiceField(label=_("When"), required=False, choices=[_ALL, *DUE.items()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promisers = Organisation.objects.filter(pk__in=Commitment.objects.order_by().values("organisation"))
        names = sorted((one.name, one.slug) for one in promisers)
        self.fields["who"].choices = [_ALL, *((slug, name) for name, slug in names)]  # type: ignore[attr-defined]
        regions = Territory.objects.regions().exclude(iso_code="")
        self.fields["where"].choices = [_ALL, *((one.iso_code, one.name) for one in regions)]  # type: ignore[attr-defined]


class CommitmentForm(WagtailAdminModelForm):
    """A promise, as facilitators keep it."""

    practice = PracticeField(required=False)

    class Meta:
        model = Commitment
        fields = [
            *("organisation", "text_ar", "text_fr", "text_en", "territory", "made_on", "due_on", "status", "settled_on"),
            *("evidence_document", "evidence_link", "illustrative"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["practice"] = page_of(self.instance.practice_key)

    def save(self, commit: bool = True) -> Commitment:
        """Keep it; a change of its status is dated."""
        one: Commitment = super().save(commit=False)
        one.practice_key = key_of(self.cleaned_data["practice"])
        keep_commitment(one)
        return one
