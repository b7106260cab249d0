"""The form of a practice in the CMS."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.forms import BaseModelForm
from wagtail.admin.forms import WagtailAdminPageForm

from good_practices.forms.stages import ABOUT_DATES, WORDS, outcome_error, stage_faults


class PracticePageForm(WagtailAdminPageForm):
    """Refuses stages that cannot be, each on its own row, and an outcome that contradicts them.

    A draft is saved as it stands, as Wagtail does with what is missing: whoever publishes or submits is told.
    """

    def clean(self) -> dict[str, Any]:
        """Return the values, with an error on every stage that is impossible where it stands."""
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation and "stages" in self.formsets:
            self._check_stages(cleaned)
        return cleaned

    def _check_stages(self, cleaned: dict[str, Any]) -> None:
        rows = self._rows()
        stages = [SimpleNamespace(kind=row.cleaned_data.get("kind"), date=row.cleaned_data.get("date")) for row in rows]
        for position, fault in stage_faults(cleaned.get("instrument", ""), stages).items():
            field = "date" if fault in ABOUT_DATES else "kind"
            if field not in rows[position].errors:
                rows[position].add_error(field, str(WORDS[fault]))
        if error := outcome_error(cleaned.get("outcome", ""), [stage.kind for stage in stages]):
            self.add_error("outcome", error)

    def _rows(self) -> list[BaseModelForm]:
        """Return the forms of the stages that stay, in the facilitator's order."""
        formset = self.formsets["stages"]
        formset.is_valid()  # a row is read once: what is added to it below is what the formset says later
        kept = [row for row in formset.forms if row.has_changed() or row.instance.pk]
        rows = [row for row in kept if hasattr(row, "cleaned_data") and not row.cleaned_data.get("DELETE")]
        return sorted(rows, key=lambda row: row.cleaned_data.get("ORDER") or 0)
