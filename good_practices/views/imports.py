"""Imports of practices in the CMS: the history, a new one, how one goes on, its errors as CSV."""

from __future__ import annotations

import csv
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem

from good_practices.enums import ImportState
from good_practices.exchange import runs
from good_practices.exchange.formats import CONTENT_TYPES
from good_practices.exchange.mapping import mapping_of
from good_practices.exchange.reading import FileError
from good_practices.models import ImportRun
from portal.base.languages import current_language
from portal.base.text import spreadsheet_safe
from portal.people.domain import signed_in

PERMISSION = "good_practices.add_importrun"
MOST_BYTES = 200_000_000
_FAULTS = 50
_RUNS = 20


class ImportForm(forms.ModelForm):
    """A file to import, and how."""

    class Meta:
        model = ImportRun
        fields = ["file", "archive", "language", "mapping", "publish", "create_organisations"]
        widgets = {"mapping": forms.Textarea(attrs={"rows": 6, "dir": "ltr", "class": "w-font-mono"})}
        help_texts = {
            "file": _("CSV, XLSX, JSON Lines or JSON. It is checked first; nothing is written before you say so."),
            "archive": _("Only where cells name files."),
            "language": _("Only where the names of the columns do not say it."),
            "mapping": _("Only for tables with other columns than those of the template."),
            "publish": _("Otherwise what is imported waits as drafts."),
        }

    def clean_file(self) -> Any:
        """Refuse what is larger than a table ever is."""
        return _small(self.cleaned_data["file"])

    def clean_archive(self) -> Any:
        """Refuse an archive that is too large."""
        return _small(self.cleaned_data["archive"])

    def clean_mapping(self) -> str:
        """Refuse a mapping that cannot be read, saying what is wrong."""
        text = str(self.cleaned_data["mapping"])
        try:
            if text.strip():
                mapping_of(text)
        except FileError as error:
            raise forms.ValidationError(str(error)) from error
        return text


def _small(file: Any) -> Any:
    if file and file.size > MOST_BYTES:
        raise forms.ValidationError(gettext("This file is too large: at most 200 MB."))
    return file


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show the imports so far and take a new one, which is checked at once."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run: ImportRun = form.save(commit=False)
        run.name, run.created_by = str(form.cleaned_data["file"].name)[:255], signed_in(request)
        run.reader_language = current_language()
        if runs.start(run, ImportState.CHECKING):
            return redirect("practices_import", run.pk)
        form.add_error(None, gettext("Another import is under way: wait for its end, or cancel it."))
    page = Paginator(ImportRun.objects.select_related("created_by"), _RUNS).get_page(request.GET.get("p"))
    context = {"form": form, "runs": page, "templates": _templates(), **_header(gettext("Import practices"))}
    return render(request, "good_practices/cms/imports.html", context)


def _header(title: str) -> dict[str, Any]:
    home = {"url": reverse("wagtailadmin_home"), "label": gettext("Home")}
    crumbs = [home, {"url": reverse("practices_imports"), "label": gettext("Import practices")}]
    return {"header_title": title, "page_title": title, "breadcrumbs_items": crumbs, "header_icon": "upload"}


def _templates() -> str:
    return reverse("practices_template")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how an import stands, with its errors; htmx asks for the part that moves alone."""
    run = get_object_or_404(ImportRun, pk=pk)
    faults = Paginator(run.faults.all(), _FAULTS).get_page(request.GET.get("p"))
    moving = run.state in runs.MOVING
    context = {
        "run": run,
        "faults": faults,
        "moving": moving,
        "cut_off": runs.is_cut_off(run),
        "can_import": run.state == ImportState.CHECKED or (run.state == ImportState.CANCELLED and run.checked),
        "percent": min(100, 100 * run.done // run.total) if run.total else 0,
        **_header(run.name),
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, f"good_practices/cms/{'_import' if part else 'import'}.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Import what was checked, go on with what was cut off, or cancel."""
    run = get_object_or_404(ImportRun, pk=pk)
    if "cancel" in request.POST:
        runs.cancel(run)
    else:
        state = ImportState.CHECKING if run.state in (ImportState.CHECKING, ImportState.FAILED) else ImportState.RUNNING
        if not runs.start(run, state):
            messages.error(request, gettext("Another import is under way: wait for its end, or cancel it."))
    return redirect("practices_import", run.pk)


@require_safe
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the errors of an import as CSV."""
    run = get_object_or_404(ImportRun, pk=pk)
    response = HttpResponse(content_type=CONTENT_TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="import-{pk}-errors.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([gettext("row"), gettext("column"), gettext("value"), gettext("what is wrong")])
    for row, *texts in run.faults.values_list("row", "column", "value", "message").iterator():
        writer.writerow([row, *map(spreadsheet_safe, texts)])
    return response


def urls() -> list[URLPattern]:
    """Return the addresses, for facilitators only."""
    allowed = permission_required(PERMISSION)
    return [
        path("practices/imports/", allowed(index), name="practices_imports"),
        path("practices/imports/<int:pk>/", allowed(detail), name="practices_import"),
        path("practices/imports/<int:pk>/act/", allowed(act), name="practices_import_act"),
        path("practices/imports/<int:pk>/errors.csv", allowed(faults), name="practices_import_faults"),
    ]


class ImportMenuItem(MenuItem):
    """Leads to the imports whoever may make one."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may import."""
        return request.user.has_perm(PERMISSION)


def menu_item() -> MenuItem:
    """Return the item of the menu."""
    return ImportMenuItem(
        _("Import practices"), reverse("practices_imports"), name="import-practices", icon_name="upload", order=310
    )
