"""Translations in the CMS: the matrix, what is done to many at once, and pages beside their originals."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet
from wagtail_localize.operations import TranslationCreator

from portal.base.text import spreadsheet_safe
from portal.desk.comparing import Comparison, compare
from portal.desk.domain import confirm
from portal.desk.enums import TranslationStatus
from portal.desk.forms import MatrixForm
from portal.desk.matrix import rows_of
from portal.people.domain import signed_in

PAGE_SIZE = 50
AT_ONCE = 200
"""Cells that are acted upon in one request."""


def _editable(request: HttpRequest) -> PageQuerySet:
    pages: PageQuerySet = policy_registry.get_by_type(Page).instances_user_has_permission_for(request.user, "change")
    return pages


class MatrixView(WagtailAdminTemplateMixin, TemplateView):
    """The matrix of the pages that a person may edit; what was ticked is done on POST."""

    template_name = "desk/translations.html"
    page_title = _("Translations")
    header_icon = "wagtail-localize-language"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return where this page stands in the CMS."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may edit no page."""
        if not policy_registry.get_by_type(Page).user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of the matrix."""
        form = MatrixForm(self.request.GET)
        page = Paginator(form.found(_editable(self.request)), PAGE_SIZE).get_page(self.request.GET.get("p"))
        others = self.request.GET.copy()
        others.pop("p", None)
        return super().get_context_data(
            form=form,
            page_obj=page,
            rows=rows_of(cast(PageQuerySet, page.object_list)),
            languages=settings.LANGUAGES,
            question=others.urlencode(),
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the matrix, or all of it as CSV with `?export=csv`."""
        if request.GET.get("export") == "csv":
            return self._csv(request)
        return super().get(request, *args, **kwargs)

    def _csv(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="translations.csv"'
        writer = csv.writer(response)
        writer.writerow([gettext("Title"), gettext("Kind"), *(str(name) for _code, name in settings.LANGUAGES)])
        for row in rows_of(MatrixForm(request.GET).found(_editable(request))):
            writer.writerow([spreadsheet_safe(row.title), row.kind, *(cell.status.label for cell in row.cells)])
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        """Do what the button says to the cells that are ticked."""
        ticked = request.POST.getlist("cell")[:AT_ONCE]
        act = {"start": self._start, "publish": self._publish, "confirm": self._confirm}.get(request.POST.get("action", ""))
        if request.POST.get("action") == "compare":
            pks = ",".join(str(page.pk) for page in self._pages(request, ticked))
            return redirect(f"{reverse('desk_compare')}?pages={pks}")
        if act is None or not ticked:
            messages.warning(request, gettext("Tick some cells first."))
        else:
            messages.success(request, act(request, ticked))
        return redirect(request.get_full_path())

    @staticmethod
    def _start(request: HttpRequest, ticked: Sequence[str]) -> str:
        """Start the translations that are missing."""
        locales = {locale.language_code: locale for locale in Locale.objects.all()}
        wanted: dict[int, list[Locale]] = {}
        for cell in ticked:
            pk, _colon, language = cell.partition(":")
            if language in locales and pk.isascii() and pk.isdecimal() and len(pk) < 19:
                wanted.setdefault(int(pk), []).append(locales[language])
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        count = 0
        for page in _editable(request).filter(pk__in=wanted):
            missing = [locale for locale in wanted[page.pk] if locale != page.locale and not page.has_translation(locale)]
            if missing:
                TranslationCreator(request.user, missing).create_translations(page)
                count += len(missing)
        return ngettext("%(count)d translation started.", "%(count)d translations started.", count) % {"count": count}

    def _publish(self, request: HttpRequest, ticked: Sequence[str]) -> str:
        """Publish the drafts that the person may publish."""
        count = 0
        for page in self._pages(request, ticked):
            if page.permissions_for_user(request.user).can_publish() and page.latest_revision and page.has_unpublished_changes:
                page.latest_revision.publish(user=request.user)
                count += 1
        return ngettext("%(count)d page published.", "%(count)d pages published.", count) % {"count": count}

    def _confirm(self, request: HttpRequest, ticked: Sequence[str]) -> str:
        count = confirm(self._pages(request, ticked), signed_in(request))
        return ngettext("%(count)d translation reviewed.", "%(count)d translations reviewed.", count) % {"count": count}

    @staticmethod
    def _pages(request: HttpRequest, ticked: Sequence[str]) -> list[Page]:
        """Return the pages behind the cells that hold one."""
        pks = [int(cell) for cell in ticked if cell.isascii() and cell.isdecimal() and len(cell) < 19]
        return list(_editable(request).filter(pk__in=pks).specific())


class CompareView(MatrixView):
    """Translations beside their originals, piece by piece."""

    template_name = "desk/compare.html"
    page_title = _("Translations and their originals")
    MOST = 20

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the comparisons of the pages that the address names."""
        pages = self._pages(self.request, self.request.GET.get("pages", "").split(",")[: self.MOST])
        comparisons: list[Comparison] = [found for page in pages if (found := compare(page))]
        return super(MatrixView, self).get_context_data(comparisons=comparisons, statuses=TranslationStatus, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the comparisons."""
        return self.render_to_response(self.get_context_data(**kwargs))
