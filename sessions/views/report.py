"""The evaluations in the CMS: an overview, a session's figures with charts, and its answers as CSV."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from portal.base.languages import best_per_key
from portal.base.text import spreadsheet_safe
from sessions.figures import ENOUGH, figures_of, overview, question_of, rows_of
from sessions.models import Evaluation, SessionPage

VIEW = "workshop_sessions.view_evaluation"


class _ReportView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the report, with the way back to the overview."""

    header_icon = "form"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return Wagtail's way home, the overview, and the page where it is another."""
        overview = {"url": reverse("session_evaluations:index"), "label": EvaluationsView.page_title}
        own = [] if self.page_title == EvaluationsView.page_title else [{"url": "", "label": self.page_title}]
        return [*super().get_breadcrumbs_items(), overview, *own]


class EvaluationsView(_ReportView):
    """Every session with how many evaluated it."""

    template_name = "sessions/cms/evaluations.html"
    page_title = _("Evaluations of the sessions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sessions, the earliest first, with their number of answers and their mean."""
        pages = SessionPage.objects.in_order().defer_streamfields()
        sessions = sorted(best_per_key(pages, get_language() or "ar").values(), key=lambda page: page.starts_at)
        known = overview(page.translation_key for page in sessions)
        rows = [(page, *known.get(page.translation_key, (0, None))) for page in sessions]
        return super().get_context_data(rows=rows, enough=ENOUGH, **kwargs)


class SessionFiguresView(_ReportView):
    """What a session's evaluations say."""

    template_name = "sessions/cms/evaluation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the session and its figures."""
        session = _session(self.kwargs["key"])
        self.page_title = session.title
        figures = figures_of(session.translation_key, mirrored=get_language_bidi())
        return super().get_context_data(session=session, figures=figures, enough=ENOUGH, **kwargs)


def export(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return the answers to a session's questions as CSV (RFC 4180, UTF-8 with its mark), in no order of time.

    Raises Http404 where there are too few to be shown.
    """
    session = _session(key)
    rows = rows_of(key)
    if not rows:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="evaluation-{session.starts_at:%Y-%m-%d}-{key.hex[:8]}.csv"'
    response.write("\ufeff")
    names = (*Evaluation.RATINGS, "next_step", "language")
    writer = csv.writer(response)
    writer.writerow([question_of(name) for name in names])
    writer.writerows([spreadsheet_safe(str(getattr(row, name))) for name in names] for row in rows)
    return response


def _session(key: UUID) -> SessionPage:
    """Return the session in the language of the CMS, else in the best other. Raises Http404 where there is none."""
    pages = SessionPage.objects.filter(translation_key=key).defer_streamfields()
    session: SessionPage | None = best_per_key(pages, get_language() or "ar").get(str(key))
    if session is None:
        raise Http404
    return session


class EvaluationsMenuItem(MenuItem):
    """Shown to those who may see the figures."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may see the figures."""
        return request.user.has_perm(VIEW)


class EvaluationsViewSet(ViewSet):
    """The evaluations of the sessions, among the reports."""

    name = "session_evaluations"
    icon = "form"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses, each for those who may see the figures."""
        allowed = permission_required(VIEW)
        return [
            path("", allowed(EvaluationsView.as_view()), name="index"),
            path("<uuid:key>/", allowed(SessionFiguresView.as_view()), name="session"),
            path("<uuid:key>/export.csv", allowed(export), name="export"),
        ]


def menu_item() -> EvaluationsMenuItem:
    """Return what leads to the figures in the menu of reports."""
    return EvaluationsMenuItem(
        _("Evaluations"), reverse("session_evaluations:index"), name="evaluations", icon_name="form", order=300
    )
