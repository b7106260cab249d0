"""A good practice: from the problem to the reply, the result, and what is needed to repeat it."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from good_practices.enums import Licence, Outcome, StageKind
from good_practices.forms.practice import PracticePageForm
from good_practices.models.base import RefusesImpossible, TellsWhenWritten
from good_practices.models.library import LibraryPage
from good_practices.models.space import ConsultationSpace
from good_practices.querysets import PracticeManager
from portal.base import clock
from portal.base.blocks import TEXT_FEATURES
from portal.base.models import BasePage, Illustrative
from portal.base.shared_facts import SharedChildren
from portal.participation.discussion import discussion_of
from portal.people.models import Organisation
from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Axis, Territory, Theme

LONGEST_LINK = 2000
"""Characters of an address: an Arabic letter takes six of them."""


class PracticePage(RefusesImpossible, TellsWhenWritten, Illustrative, BasePage):
    """A good practice."""

    problem = RichTextField(_("problem"), features=TEXT_FEATURES, help_text=_("The situation, who suffers from it, since when."))
    action = RichTextField(_("what was done"), features=TEXT_FEATURES, blank=True)
    instrument = models.CharField(_("instrument"), max_length=20, choices=Instrument.choices)
    authority = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="addressed_practices",
        verbose_name=_("authority addressed"),
    )
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="practices", verbose_name=_("place"))
    themes = ParentalManyToManyField(Theme, related_name="practices", verbose_name=_("themes"))
    axes = ParentalManyToManyField(Axis, related_name="practices", blank=True, verbose_name=_("axes"))
    reply = RichTextField(_("the authority's reply"), features=TEXT_FEATURES, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, default=Outcome.UNDER_WAY)
    result = RichTextField(
        _("result"), features=TEXT_FEATURES, blank=True, help_text=_("What changed on the ground, with figures.")
    )
    lessons = RichTextField(_("lessons"), features=TEXT_FEATURES, blank=True)
    needed_people = models.TextField(_("people"), blank=True)
    needed_time = models.TextField(_("time"), blank=True)
    needed_money = models.TextField(_("money"), blank=True)
    needed_partners = models.TextField(_("partners"), blank=True)
    needed_texts = models.TextField(_("legal texts to cite"), blank=True)

    institutionalised_on = models.DateField(
        _("institutionalised on"), null=True, blank=True, help_text=_("The day on which an authority made it a rule.")
    )
    institutionalising_act = models.CharField(
        _("act that made it a rule"),
        max_length=300,
        blank=True,
        help_text=_("Decision, convention, by-law: its name, number and date."),
    )
    institutionalising_link = models.URLField(_("address of the act"), max_length=LONGEST_LINK, blank=True)
    space = models.ForeignKey(
        ConsultationSpace,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("space of consultation"),
    )
    inspired_by_key = models.UUIDField(_("inspired by"), null=True, blank=True, db_index=True, editable=False)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY)
    external_id = models.CharField(
        _("identifier elsewhere"),
        max_length=120,
        blank=True,
        db_index=True,
        help_text=_("Where it was imported from: source and number."),
    )
    contributor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="contributed_practices",
        verbose_name=_("contributed by"),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who is thanked for this record."))

    objects = PracticeManager()
    base_form_class = PracticePageForm

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("problem"), FieldPanel("action"), FieldPanel("instrument"), FieldPanel("territory")],
            heading=_("The claim"),
        ),
        MultipleChooserPanel(
            "practice_organisations", chooser_field_name="organisation", heading=_("Associations"), label=_("Association")
        ),
        FieldPanel("authority"),
        MultiFieldPanel(
            [FieldPanel("themes", widget=CheckboxSelectMultiple), FieldPanel("axes", widget=CheckboxSelectMultiple)],
            heading=_("What it is about"),
        ),
        InlinePanel("stages", heading=_("Stages"), label=_("Stage")),
        MultiFieldPanel([FieldPanel("reply"), FieldPanel("outcome"), FieldPanel("result")], heading=_("Reply and result")),
        InlinePanel("figures", heading=_("Figures of the result"), label=_("Figure")),
        MultiFieldPanel(
            [FieldPanel("institutionalised_on"), FieldPanel("institutionalising_act"), FieldPanel("institutionalising_link")],
            heading=_("Made a rule"),
        ),
        InlinePanel("evidence", heading=_("Evidence"), label=_("Document")),
        FieldPanel("lessons"),
        MultiFieldPanel(
            [FieldPanel(f"needed_{name}") for name in ("people", "time", "money", "partners", "texts")],
            heading=_("What is needed to repeat it"),
        ),
        FieldPanel("space"),
        MultiFieldPanel([FieldPanel("licence"), FieldPanel("credit"), FieldPanel("external_id")], heading=_("Source and reuse")),
        *Illustrative.illustrative_panels,
    ]

    override_translatable_fields = [
        *(SynchronizedField(name) for name in ("themes", "axes", "external_id", "institutionalising_link", "credit")),
    ]

    SHARED_FIELDS = (
        *("instrument", "authority", "territory", "outcome", "institutionalised_on", "institutionalising_link", "space"),
        *("inspired_by_key", "licence", "external_id", "contributor", "credit", "illustrative"),
    )
    SHARED_SETS = ("themes", "axes")
    SHARED_CHILDREN = (
        SharedChildren("practice_organisations", facts=("organisation_id",)),
        SharedChildren("stages", facts=("kind", "date", "document_id", "link"), words=("note",)),
        SharedChildren("figures", facts=("value", "unit"), words=("label",), required=True),
        SharedChildren("evidence", facts=("document_id", "link"), words=("title",), required=True),
    )

    parent_page_types = ["good_practices.LibraryPage"]
    subpage_types: list[str] = []
    discussable = True
    endorsable = True
    template = "good_practices/practice.html"

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        indexes = [models.Index(fields=["instrument"]), models.Index(fields=["outcome"])]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the chain of stages, the discussion and practices about the same themes elsewhere."""
        from good_practices.reading import reading_of  # what is made of models reads them

        return {
            **super().get_context(request, *args, **kwargs),
            **reading_of(self, request),
            "discussion": discussion_of(self, request),
        }

    def clean(self) -> None:
        """Refuse an address that the library keeps for itself."""
        super().clean()
        if self.slug in LibraryPage.RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address belongs to the library: choose another.")})

    @property
    def took_up_url(self) -> str:
        """Where those who did the same link their own practice."""
        return reverse("same", args=[self.slug])

    @property
    def organisations(self) -> list[Organisation]:
        """Who asked, in the facilitator's order."""
        return [link.organisation for link in self.practice_organisations.all()]

    @property
    def filed_on(self) -> datetime.date | None:
        """The date of the first stage; `for_cards` brings it along."""
        if hasattr(self, "first_stage_on"):
            return self.first_stage_on
        return min((stage.date for stage in self.stages.all()), default=None)

    @property
    def needs(self) -> list[tuple[str, str]]:
        """What is needed to repeat it: pairs of label and text, only those that are filled in."""
        labels = {
            "needed_people": _("people"),
            "needed_time": _("time"),
            "needed_money": _("money"),
            "needed_partners": _("partners"),
            "needed_texts": _("legal texts to cite"),
        }
        return [(str(label), getattr(self, field)) for field, label in labels.items() if getattr(self, field)]


class PracticeOrganisation(Orderable):
    """That an association carried a practice."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="practice_organisations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="practice_organisations", verbose_name=_("association")
    )

    panels = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "organisation"], name="practice_organisation_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class PracticeStage(TranslatableMixin, Orderable):
    """One dated step of a practice."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(_("stage"), max_length=20, choices=StageKind.choices)
    date = models.DateField(_("date"))
    note = models.TextField(_("what happened"), blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("evidence: document")
    )
    link = models.URLField(_("evidence: address"), max_length=LONGEST_LINK, blank=True)

    panels = [FieldPanel("kind"), FieldPanel("date"), FieldPanel("note"), FieldPanel("document"), FieldPanel("link")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date}"

    def clean(self) -> None:
        """Refuse a date that has not come yet."""
        super().clean()
        if self.date and self.date > timezone.localdate(clock.now()):
            raise ValidationError({"date": _("This date is in the future.")})


class ResultFigure(TranslatableMixin, Orderable):
    """A number that tells the result: `value` as it is written, `unit` after it, `label` what is counted."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="figures")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=30, blank=True, help_text=_("For example %, km, MAD."))
    label = models.CharField(_("what is counted"), max_length=160)

    panels = [FieldPanel("value"), FieldPanel("unit"), FieldPanel("label")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("figure of the result")
        verbose_name_plural = _("figures of the result")

    def __str__(self) -> str:
        return f"{self.value.normalize():f} {self.unit} {self.label}"


class PracticeEvidence(TranslatableMixin, Orderable):
    """A document that proves what the practice tells: a file, an address, or only its title."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(_("title"), max_length=250)
    document = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    link = models.URLField(_("address"), max_length=LONGEST_LINK, blank=True)

    panels = [FieldPanel("title"), FieldPanel("document"), FieldPanel("link")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """The address of the document, empty when there is only a title."""
        return self.document.url if self.document else self.link
