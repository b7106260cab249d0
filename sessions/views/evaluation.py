"""The evaluation of a session, once per browser and without names."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.base.languages import current_language
from portal.base.limits import too_many
from sessions.domain import keep_evaluation
from sessions.enums import EvaluationState
from sessions.forms.evaluation import TICKET_SECONDS, EvaluationForm, new_ticket
from sessions.live import EVALUATION_PERIOD, evaluation_state
from sessions.models import SessionPage
from sessions.views.live import translations_at
from sessions.views.lookup import public_session

COOKIE = "evaluated"
COOKIE_SALT = "sessions.evaluation"
REMEMBERED = 60
"""How many sessions the cookie holds: more than a workshop has."""

LIMIT = 40
LIMIT_SECONDS = 600
"""At most so many answers from one connection in so long: a hall behind one address may answer, a machine may not."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what the reader thinks of the session, or keep it and thank them."""
    session = public_session(slug)
    rated, state = _rated(request), evaluation_state(session)
    if session.translation_key.hex[:16] in rated:
        return _page(request, session, "thanks")
    if state != EvaluationState.OPEN:
        return _page(request, session, state.value, status=403 if request.method == "POST" else 200)
    if request.method != "POST":
        return _page(request, session, "form", form=EvaluationForm(initial={"ticket": new_ticket()}))
    form = EvaluationForm(request.POST)
    if not form.is_valid():
        return _again(request, session, form)
    number = f"evaluation-form-{form.cleaned_data['ticket']}"
    if cache.get(number) is None:
        if too_many(request, "evaluation", LIMIT, LIMIT_SECONDS):
            form.add_error(None, _("Many answers came from your connection. Nothing is lost: send it again in ten minutes."))
            return _again(request, session, form, status=429)
        if cache.add(number, True, TICKET_SECONDS):
            keep_evaluation(session, form.save(commit=False), current_language())
    return _remember(request, redirect(request.path), [*rated, session.translation_key.hex[:16]])


def _again(request: HttpRequest, session: SessionPage, form: EvaluationForm, status: int = 422) -> HttpResponse:
    """Show the form again with all that was written; one whose ticket was refused gets another."""
    if "ticket" in form.errors:
        form.data = {**request.POST.dict(), "ticket": new_ticket()}
    return _page(request, session, "form", status, form=form)


def _page(request: HttpRequest, session: SessionPage, part: str, status: int = 200, **context: Any) -> HttpResponse:
    context = {
        "session": session,
        "part": part,
        "closes_at": session.ends_at + EVALUATION_PERIOD,
        "translations": translations_at(session, "evaluation/"),
        **context,
    }
    return render(request, "sessions/evaluation.html", context, status=status)


def _rated(request: HttpRequest) -> list[str]:
    """Return the beginnings of the keys of the sessions that this browser has evaluated; none where the cookie is not ours."""
    text = request.get_signed_cookie(COOKIE, default="", salt=COOKIE_SALT)
    return text.split(".") if text else []


def _remember(request: HttpRequest, response: HttpResponse, rated: list[str]) -> HttpResponse:
    """Write into the browser, and nowhere else, which sessions it has evaluated."""
    response.set_signed_cookie(
        COOKIE,
        ".".join(rated[-REMEMBERED:]),
        salt=COOKIE_SALT,
        max_age=2 * EVALUATION_PERIOD,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response
