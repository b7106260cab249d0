"""Proposing a practice in short steps, under `/{lang}/practices/contribute/`. Everything works without JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from good_practices.domain import contributing as domain
from good_practices.domain import contribution_files
from good_practices.enums import ContributionState
from good_practices.forms.contributing import StepForm
from good_practices.forms.contribution_files import FileForm
from good_practices.forms.contribution_stages import StagesForm
from good_practices.forms.steps import FILES, HEADINGS, SEND, STEPS, SendForm, check, completeness
from good_practices.models import Contribution, ContributionFile
from good_practices.uploads import receiving, was_too_large
from good_practices.views.remarks import remarks_of
from portal.base.dates import localtime
from portal.base.languages import current_language
from portal.people.agreeing import agreed
from portal.people.domain import signed_in

REMEMBERED = "contribution_words"
"""Where a session keeps what was sent after the sign-in had expired, until its author signs in again."""
REMEMBERED_CHARACTERS = 200_000


@require_http_methods(["GET", "POST"])
def contribute(request: HttpRequest) -> HttpResponse:
    """Show how to propose a practice, and one's own contributions with where they stand; POST opens a new one."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.path)
        return render(request, "good_practices/contribute/start.html", {"rows": []})
    person = signed_in(request)
    if request.method == "POST":
        try:
            return _to(domain.start(person, current_language()), next(iter(STEPS)))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("contribute")
    mine = Contribution.objects.filter(contributor=person).select_related("page__locale").prefetch_related("files")
    rows = [(one, completeness(one.data, len(one.files.all())), one.state in domain.EDITABLE) for one in mine]
    return render(request, "good_practices/contribute/start.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Show a step, or keep what was written in it and go where the button says.

    Who is not signed in any more signs in first: what was sent waits in the session, and is kept then.
    """
    if slug not in HEADINGS:
        raise Http404
    if not request.user.is_authenticated:
        return _sign_in_first(request, key, slug)
    contribution = _own(request, key)
    if contribution.state not in domain.EDITABLE:
        messages.info(request, _("This practice has been sent: it cannot be changed now."))
        return redirect("contribute")
    contribution = _restored(request, contribution)
    if contribution.state == ContributionState.RETURNED and request.method == "GET":
        contribution = domain.look_again(contribution)
    if slug == FILES:
        return _files_page(request, contribution, FileForm())
    if slug == SEND:
        return _send_page(request, contribution)
    return _text_step(request, contribution, slug)


def _text_step(request: HttpRequest, contribution: Contribution, slug: str) -> HttpResponse:
    form_class = STEPS[slug]
    if request.method == "GET":
        form = form_class.filled(contribution) if "check" in request.GET else form_class(contribution)
        return _page(request, contribution, slug, form=form)
    contribution = domain.keep(contribution, form_class.raw(request.POST))
    action = request.POST.get("go", "next")
    if action == "stay":
        return _page(request, contribution, slug, form=form_class(contribution))
    if action in HEADINGS:  # back, or any other step: nothing is asked of what is half written
        return _to(contribution, action)
    if action == "leave":
        messages.success(request, _("Everything is saved: go on whenever you like."))
        return redirect("contribute")
    form = form_class(contribution, request.POST)
    if form.is_valid():
        return _to(contribution, _neighbours(slug)[1])
    return _page(request, contribution, slug, form=form, status=422)


@require_POST
def autosave(request: HttpRequest, key: UUID, slug: str) -> JsonResponse:
    """Keep what is being written and answer in JSON: `saved` (the hour), `updated` and `percent`; 401 for who is signed out."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("You are signed out.")}, status=401)
    if slug not in STEPS:
        raise Http404
    try:
        contribution = domain.keep(_own(request, key), STEPS[slug].raw(request.POST))
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=409)
    percent = completeness(contribution.data, contribution.files.count()).percent
    updated = timezone.localtime(contribution.updated_at).isoformat()
    return JsonResponse({"saved": localtime(timezone.localtime()), "percent": percent, "updated": updated})


def _send_page(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    proposal, wrong = check(contribution)
    form = SendForm(contribution, proposal, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not wrong and agreed(request, form, signed_in(request)):
        directly = request.POST.get("go") == "publish"
        try:
            sent = domain.send(contribution, {**proposal, "credit": form.credit()}, directly=directly)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return _to(contribution, SEND)
        told = _("It is published.") if sent.state == ContributionState.PUBLISHED else None
        messages.success(request, told or _("Thank you: it is with the reviewers. We write to you when they have read it."))
        return redirect("contribute")
    context: dict[str, Any] = {
        "form": form,
        "wrong": [(slug, HEADINGS[slug], step_form) for slug, step_form in wrong],
        "summary": [(slug, one.heading, _told(one(contribution))) for slug, one in STEPS.items()],
        "may_publish": not wrong and domain.may_publish(signed_in(request), proposal.get("organisation")),
        "status": 422 if request.method == "POST" else 200,
    }
    return _page(request, contribution, SEND, template="send", **context)


def _told(form: StepForm) -> list[tuple[Any, str]]:
    """Return what was written in a step: pairs of label and words, choices by their names."""
    if isinstance(form, StagesForm):
        return form.told()
    told = []
    for field in form:
        value = field.value()
        names = {str(code): str(name) for code, name in getattr(field.field, "choices", [])}
        chosen = value if isinstance(value, list) else [value]
        words = " · ".join(names.get(str(one), str(one)) for one in chosen if one) if names else str(value or "")
        if words and field.name != "place":
            told.append((field.label, words))
    return told


@receiving
def add_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep a file with a contribution, or show the form again with what is wrong."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("contribution_step", args=[key, FILES]))
    contribution = _own(request, key)
    if request.method != "POST":
        return _to(contribution, FILES)
    form = FileForm(request.POST, request.FILES, too_large=was_too_large(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            contribution_files.add_file(contribution, file, file.name, form.cleaned_data["title"])
            messages.success(request, _("The file is saved."))
            return _to(contribution, FILES)
        except ValidationError as error:
            form.add_error("file", error)
    return _files_page(request, contribution, form, status=422)


@require_POST
@login_required
def remove_file(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Take a file away."""
    contribution = _own(request, key)
    try:
        contribution_files.remove_file(get_object_or_404(contribution.files, pk=pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _to(contribution, FILES)


@require_GET
@login_required
def download(request: HttpRequest, key: UUID, pk: int) -> FileResponse:
    """Return a contributor's file to the contributor and to reviewers. Raises Http404 for everybody else."""
    person = signed_in(request)
    file = get_object_or_404(ContributionFile.objects.select_related("contribution"), pk=pk, contribution__key=key)
    if file.contribution.contributor_id != person.pk and not person.has_perm("good_practices.view_contribution"):
        raise Http404
    try:
        stream = file.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(stream, as_attachment=True, filename=file.name, content_type="application/octet-stream")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask whether a contribution is to be taken back, or deleted; POST does it."""
    contribution = _own(request, key)
    if request.method == "GET":
        deletes = contribution.state in (ContributionState.DRAFT, ContributionState.DECLINED)
        return render(request, "good_practices/contribute/withdraw.html", {"contribution": contribution, "deletes": deletes})
    try:
        stays = domain.withdraw(contribution)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is yours again: a draft that nobody else sees.") if stays else _("It is deleted."))
    return redirect("contribute")


def _own(request: HttpRequest, key: UUID) -> Contribution:
    """Return a contribution of the person who asks. Raises Http404 for another's."""
    mine = Contribution.objects.filter(contributor=signed_in(request)).select_related("contributor", "page")
    return get_object_or_404(mine, key=key)


def _to(contribution: Contribution, slug: str) -> HttpResponse:
    return redirect("contribution_step", key=contribution.key, slug=slug)


def _neighbours(slug: str) -> tuple[str, str]:
    """Return the step before and the step after; "" where there is none."""
    slugs = ["", *HEADINGS, ""]
    place = slugs.index(slug, 1)
    return slugs[place - 1], slugs[place + 1]


def _files_page(request: HttpRequest, contribution: Contribution, form: FileForm, status: int = 200) -> HttpResponse:
    files = contribution.files.order_by("pk")
    return _page(request, contribution, FILES, template="files", form=form, files=files, status=status)


def _page(
    request: HttpRequest, contribution: Contribution, slug: str, template: str = "step", status: int = 200, **context: Any
) -> HttpResponse:
    back, onward = _neighbours(slug)
    context |= {
        "contribution": contribution,
        "slug": slug,
        "heading": HEADINGS[slug],
        "steps": [(one, heading, one == slug) for one, heading in HEADINGS.items()],
        "number": list(HEADINGS).index(slug) + 1,
        "back": back,
        "onward": onward,
        "complete": completeness(contribution.data, contribution.files.count()),
        "remarks": remarks_of(contribution),
    }
    response = render(request, f"good_practices/contribute/{template}.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _sign_in_first(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Lead to the sign-in and back to the step; what was sent waits in the session, which signing in keeps."""
    if request.method == "POST" and slug in STEPS:
        words = STEPS[slug].raw(request.POST)
        if len(str(words)) <= REMEMBERED_CHARACTERS:
            request.session[REMEMBERED] = {"key": str(key), "words": words}
    return redirect_to_login(reverse("contribution_step", args=[key, slug]))


def _restored(request: HttpRequest, contribution: Contribution) -> Contribution:
    """Keep what was sent before the sign-in had to be renewed."""
    waiting = request.session.get(REMEMBERED)
    if not waiting or waiting["key"] != str(contribution.key):
        return contribution
    del request.session[REMEMBERED]
    messages.success(request, _("What you wrote before signing in is saved."))
    return domain.keep(contribution, waiting["words"])
