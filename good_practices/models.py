"""The library: who asked what of whom, through which instrument and stages, with what answer and result."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from good_practices.enums import Outcome, StageKind
from good_practices.querysets import PracticeManager
from portal.base import clock
from portal.base.blocks import TEXT_FEATURES
from portal.base.languages import current_language
from portal.base.models import BasePage, Illustrative
from portal.participation.discussion import discussion_of
from portal.people.models import Organisation
from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Axis, Territory, Theme
from search.forms import SearchForm
from search.views import results_for, wants_fragment


class LibraryPage(BasePage):
    """The library of good practices, at `/{lang}/practices/`."""

    introduction = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["good_practices.PracticePage"]
    template = "good_practices/library.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("library of good practices")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the practices that the filters of the address leave, and the counts of every filter."""
        form = SearchForm(request.GET, language=current_language(), fixed={"type": ("practice",)})
        results = results_for(form)
        return {
            **super().get_context(request, *args, **kwargs),
            "results": results,
            "query": results.query,
            "base_url": request.path,
        }

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        """Return the whole page's template, or the fragment's when htmx asks for the results only."""
        return "search/_results.html" if wants_fragment(request) else self.template

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer with the page; caches keep the fragment and the page apart."""
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response


class PracticePage(Illustrative, BasePage):
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

    objects = PracticeManager()

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
        InlinePanel("evidence", heading=_("Evidence"), label=_("Document")),
        FieldPanel("lessons"),
        MultiFieldPanel(
            [FieldPanel(f"needed_{name}") for name in ("people", "time", "money", "partners", "texts")],
            heading=_("What is needed to repeat it"),
        ),
        *Illustrative.illustrative_panels,
    ]

    override_translatable_fields = [SynchronizedField("themes"), SynchronizedField("axes")]

    parent_page_types = ["good_practices.LibraryPage"]
    subpage_types: list[str] = []
    discussable = True
    template = "good_practices/practice.html"

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        indexes = [models.Index(fields=["instrument"]), models.Index(fields=["outcome"])]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the discussion and practices about the same themes elsewhere."""
        if self.pk:  # the preview of a new page has none
            models.prefetch_related_objects([self], "practice_organisations__organisation", "evidence__document")
        return {
            **super().get_context(request, *args, **kwargs),
            "places": Territory.objects.for_names().get(pk=self.territory_id).lineage,
            "discussion": discussion_of(self, request),
            "related": PracticePage.objects.related_to(self)[:3],
        }

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

    panels = [FieldPanel("kind"), FieldPanel("date"), FieldPanel("note")]

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


class PracticeEvidence(TranslatableMixin, Orderable):
    """A document that proves what the practice tells: a file, an address, or only its title."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(_("title"), max_length=250)
    document = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    link = models.URLField(_("address"), blank=True)

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
