"""The short steps in which a practice is proposed. `data` of a contribution holds what was written, by the names of fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from good_practices.enums import Outcome
from good_practices.forms.fields import Words, radio
from good_practices.forms.stages import outcome_error
from good_practices.models import Contribution
from portal.base.text import clean_text
from portal.people.enums import OrganisationKind
from portal.people.models import Organisation
from portal.vocabulary.enums import Instrument, Level
from portal.vocabulary.finding import find_places
from portal.vocabulary.models import Territory, Theme

KEPT = 50_000
"""Characters of a field that are kept, right or not."""


class StepForm(forms.Form):
    """One step. `heading` is its title; `raw()` is what to keep of a request."""

    heading: ClassVar[Any] = ""
    intro: ClassVar[Any] = ""
    lists: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, contribution: Contribution, data: Any = None) -> None:
        self.contribution = contribution
        self.kept: Mapping[str, Any] = contribution.data
        self.source: Any = data if data is not None else self.flat(contribution.data)
        super().__init__(data, initial=dict(self.source) if data is None else None, label_suffix="")

    @classmethod
    def flat(cls, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was kept by the names of the form's fields."""
        return {name: kept[name] for name in cls.base_fields if name in kept}

    @classmethod
    def filled(cls, contribution: Contribution) -> StepForm:
        """Return the form as if what was kept had just been sent, to find what is wrong in it."""
        flat = cls.flat(contribution.data)
        return cls(
            contribution, MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in flat.items()})
        )

    @classmethod
    def raw(cls, posted: QueryDict) -> dict[str, Any]:
        """Return what to keep of a request, right or not."""
        words: dict[str, Any] = {}
        for name in cls.base_fields:
            if name in cls.lists:
                words[name] = [clean_text(value[:200]) for value in posted.getlist(name)[:50]]
            elif name in posted:
                words[name] = clean_text(str(posted[name])[:KEPT])
        return words


class ProblemForm(StepForm):
    heading = _("The problem")
    intro = _("In your own words, as you would tell a neighbour.")
    lists = frozenset({"themes"})

    title = Words(label=_("Title"), max_length=160, example=_("A school bus for the girls of three villages"))
    problem = Words(
        label=_("The problem"),
        rows=6,
        help_text=_("The situation, who suffers from it, since when."),
        example=_("Forty girls walk seven kilometres to the lower secondary school; a third leave before the end of the year."),
    )
    summary = Words(
        label=_("In one or two sentences"),
        rows=2,
        max_length=300,
        example=_("Parents and an association asked the commune for a school bus by petition, and obtained it."),
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one at least."), "invalid_choice": _("Choose among these.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = [(theme.slug, theme.name) for theme in Theme.objects.all()]  # type: ignore[attr-defined]


class PlaceForm(StepForm):
    heading = _("Where, and who")

    place = Words(
        label=_("Name of the commune, province or region"),
        required=False,
        max_length=120,
        help_text=_("Write its first letters, then find it in the list."),
    )
    territory = radio([], label=_("The place"), required=False)
    organisation = radio([], label=_("In whose name do you write?"), required=False)
    organisation_name = Words(
        label=_("Another association"),
        required=False,
        max_length=200,
        help_text=_("Its name, if it is not in the list: the team adds it when the practice is published."),
        example=_("The association Al Amal for development"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].asked_together = True  # type: ignore[attr-defined]  # with the list of what it finds
        self.fields["place"].widget.attrs |= {"data-suggest": reverse("place_suggest"), "data-suggest-then": "stay"}
        self.found = find_places(str(self.source.get("place") or ""), get_language() or "ar")
        chosen = str(self.source.get("territory") or "")
        known = {place.code: place for place in self.found}
        if chosen and chosen not in known:
            known = {row.code: row for row in Territory.objects.for_names().filter(code=chosen[:20])} | known
        self.fields["territory"].choices = [(code, _line(place)) for code, place in known.items()]  # type: ignore[attr-defined]
        self.known = known
        if not known:
            self.fields["territory"].widget = forms.HiddenInput()
        own = self.own_organisations()
        none = ("", _("In my own name, or in that of another association"))
        self.fields["organisation"].choices = [*((one.slug, one.name) for one in own), none]  # type: ignore[attr-defined]
        if not own:
            self.fields["organisation"].widget = forms.HiddenInput()
        self.own = {one.slug: one for one in own}

    def own_organisations(self) -> list[Organisation]:
        """Return what the contributor is a member of, authorities left out."""
        mine = Organisation.objects.filter(memberships__person=self.contribution.contributor_id)
        return list(mine.exclude(kind=OrganisationKind.AUTHORITY))

    def clean(self) -> dict[str, Any]:
        """Put the place and the organisation themselves into the result; the only place found is the one that is meant."""
        data = super().clean() or {}
        code = data.get("territory") or (next(iter(self.known)) if len(self.known) == 1 else "")
        data["territory"] = self.known.get(code)
        if data["territory"] is None and "territory" not in self.errors:
            many = _("Choose the place in the list.") if self.known else _("Write the name of the place, and find it.")
            self.add_error("territory" if self.known else "place", many)
        data["organisation"] = self.own.get(data.get("organisation") or "")
        return data


def _line(place: Territory) -> str:
    return " – ".join([f"{place.name} ({Level(place.level).label})", *(one.name for one in place.lineage[1:])])


class ClaimForm(StepForm):
    heading = _("What was asked, of whom")

    instrument = radio(Instrument.choices, label=_("By what means?"))
    authority_place = radio([], label=_("Which council was addressed?"), required=False)
    action = Words(
        label=_("What was done"),
        rows=6,
        required=False,
        help_text=_("How you organised, who took part, women and young people too."),
        example=_(
            "We met in the village school, collected 230 signatures in two months, and handed the petition in at the commune."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = Territory.objects.for_names().filter(code=str(self.kept.get("territory") or "")[:20]).first()
        self.councils = {one.code: one for one in place.lineage} if place else {}
        choices = [(code, f"{Level(one.level).label} – {one.name}") for code, one in self.councils.items()]
        self.fields["authority_place"].choices = [*choices, ("", _("No council, or another authority"))]  # type: ignore[attr-defined]
        if not place:
            self.fields["authority_place"].help_text = _("Choose the place first: its councils are then listed here.")

    def clean(self) -> dict[str, Any]:
        """Put the council's place itself into the result."""
        data = super().clean() or {}
        data["authority_place"] = self.councils.get(data.get("authority_place") or "")
        return data


class ResultForm(StepForm):
    heading = _("The reply and the result")

    outcome = radio(Outcome.choices, label=_("Where does it stand?"))
    reply = Words(
        label=_("The authority’s reply"),
        rows=4,
        required=False,
        example=_("The council put the petition on the agenda of its May session and voted the purchase of a bus."),
    )
    result = Words(
        label=_("What changed"),
        rows=4,
        required=False,
        help_text=_("On the ground, with figures where you have them."),
        example=_("The bus has run since September: 38 girls take it, and none has left school this year."),
    )
    lessons = Words(
        label=_("What you learnt"),
        rows=4,
        required=False,
        example=_("See the transport service before you write: it told us which roads a bus can take."),
    )

    def clean_outcome(self) -> str:
        """Return the outcome. Raises ValidationError where the stages that were written contradict it."""
        outcome: str = self.cleaned_data["outcome"]
        if error := outcome_error(outcome, [row.get("kind", "") for row in self.kept.get("stages", [])]):
            raise forms.ValidationError(error)
        return outcome


def _need(label: Any, example: Any) -> Words:
    return Words(label=label, example=example, rows=2, max_length=1000, required=False)


class RepeatForm(StepForm):
    heading = _("To do it yourself")
    intro = _("What somebody elsewhere needs to do the same.")

    needed_people = _need(_("People"), _("Five volunteers, two of them mothers"))
    needed_time = _need(_("Time"), _("Two months for signatures, four for the reply"))
    needed_money = _need(_("Money"), _("600 dirhams of copies and transport"))
    needed_partners = _need(_("Partners"), _("The head of the school, a local radio"))
    needed_texts = _need(_("Legal texts to cite"), _("Organic law 113-14 on communes, articles 121 to 125"))
