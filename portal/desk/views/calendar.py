"""The publication calendar: a month or a list of what was published, what will be, what expires and what begins."""

from __future__ import annotations

import datetime
from calendar import Calendar
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.base import clock
from portal.desk.coming import Coming, Event, all_events
from portal.desk.domain import reschedule
from portal.people.domain import signed_in

FIRST_YEAR, LAST_YEAR = 2000, 2100
_MONDAY = Calendar(0)


class MoveForm(forms.Form):
    """Another moment for what is scheduled or expires, in the portal's time zone."""

    page = forms.ModelChoiceField(Page.objects.all(), widget=forms.HiddenInput)
    event = forms.ChoiceField(
        choices=[(one.value, one.label) for one in (Event.PUBLISHED, Event.EXPIRES)], widget=forms.HiddenInput
    )
    at = forms.DateTimeField(label=_("New date and hour"), input_formats=["%Y-%m-%dT%H:%M"])


class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    """The calendar of the pages that a person may edit; a form moves what is scheduled (POST)."""

    template_name = "desk/calendar.html"
    page_title = _("Publication calendar")
    header_icon = "calendar"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return where this page stands in the CMS."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the month that the address asks for, else the present one."""
        first = _month(self.request.GET.get("month", ""))
        following = (first + datetime.timedelta(days=32)).replace(day=1)
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(self.request.user, "change")
        found = list(all_events(pages, _start(first), _start(following)))
        as_list = self.request.GET.get("view") == "list"
        return super().get_context_data(
            first=first,
            previous=(first - datetime.timedelta(days=1)).replace(day=1),
            following=following,
            events=found,
            weeks=[] if as_list else _weeks(first, found),
            as_list=as_list,
            today=timezone.localdate(clock.now()),
            zone=timezone.get_current_timezone_name(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        """Move one event; say what is wrong where it cannot be. Raises PermissionDenied."""
        form = MoveForm(request.POST)
        if form.is_valid():
            try:
                reschedule(
                    form.cleaned_data["page"], Event(form.cleaned_data["event"]), form.cleaned_data["at"], signed_in(request)
                )
                messages.success(request, gettext("Moved."))
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        else:
            messages.error(request, gettext("Write a date and an hour."))
        return redirect(request.get_full_path())


def _month(text: str) -> datetime.date:
    """Return the first day of the month written as 2026-11; of the present one where it is none."""
    try:
        first = datetime.datetime.strptime(text[:7], "%Y-%m").date()
    except ValueError:
        first = timezone.localdate(clock.now()).replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else timezone.localdate(clock.now()).replace(day=1)


def _start(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _weeks(first: datetime.date, events: Sequence[Coming]) -> list[list[tuple[datetime.date, bool, list[Coming]]]]:
    """Return the weeks of a month from Monday: each day, whether it is of the month, and its events."""
    by_day: dict[datetime.date, list[Coming]] = defaultdict(list)
    for one in events:
        by_day[timezone.localtime(one.at).date()].append(one)
    weeks = _MONDAY.monthdatescalendar(first.year, first.month)
    return [[(day, day.month == first.month, by_day[day]) for day in week] for week in weeks]
