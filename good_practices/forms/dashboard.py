"""What a reader asks of the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from good_practices.dashboard import Choice
from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Territory, Theme


class DashboardForm(forms.Form):
    """Region, theme, instrument and year of filing; what is not known is said, and left out of the choice."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    instrument = forms.ChoiceField(label=_("Instrument"), required=False)
    year = forms.ChoiceField(label=_("Year of filing"), required=False)

    def __init__(
        self, *args: Any, regions: Sequence[Territory], themes: Sequence[Theme], years: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.regions = {one.iso_code: one for one in regions}
        self.themes = {one.slug: one for one in themes}
        choices: dict[str, list[Any]] = {
            "region": [(code, one.name) for code, one in self.regions.items()],
            "theme": [(slug, one.name) for slug, one in self.themes.items()],
            "instrument": list(Instrument.choices),
            "year": [(str(year), str(year)) for year in years],
        }
        for name, values in choices.items():
            unknown = _("This choice does not exist: everything is shown.")
            self.fields[name].choices = [("", _("All")), *values]  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid_choice"] = unknown

    def choice(self) -> Choice:
        """Return what was asked for, as far as it exists."""
        self.is_valid()
        asked = self.cleaned_data
        return Choice(
            region=self.regions.get(asked.get("region", "")),
            theme=self.themes.get(asked.get("theme", "")),
            instrument=asked.get("instrument", ""),
            year=int(asked["year"]) if asked.get("year") else None,
        )
