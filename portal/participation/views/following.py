"""Following something from its page, and the reader's list of what they follow."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.base import clock
from portal.base.languages import current_language
from portal.participation.digests.composing import Composer, Followed, Reader
from portal.participation.digests.gathering import gather
from portal.participation.digests.periods import LENGTH
from portal.participation.domain import following as domain
from portal.participation.enums import FollowKind
from portal.participation.following import Target, named
from portal.participation.models import Follow
from portal.people.domain import signed_in
from portal.people.enums import DigestFrequency
from portal.people.models import User


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    """Ask whether to follow what the address names (GET), follow it, or with `on=0` follow it no more (POST)."""
    person, asked = signed_in(request), request.POST if request.method == "POST" else request.GET
    kind, key = asked.get("kind", ""), asked.get("key", "")
    try:
        if request.method == "POST" and asked.get("on") == "0":
            domain.unfollow(person, (kind, key))
            return _changed(request, (kind, key), _("You follow it no more."))
        target = domain.target_of(kind, key)
        if request.method == "POST":
            domain.follow(person, target)
            return _changed(request, target, _("You follow it: new things come to you by e-mail."))
    except ValidationError as error:
        context = {"words": error.messages[0]}
        return render(request, "participation/follow.html", context, status=409 if request.method == "POST" else 404)
    name = named(target[0], [target[1]], current_language())[target[1]]
    return render(request, "participation/follow.html", {"target": target, "name": name, "kind": FollowKind(target[0])})


def _changed(request: HttpRequest, target: Target, thanks: str) -> HttpResponse:
    """Give htmx the button as it is now; lead others back to where it stands."""
    if getattr(request, "htmx", False):
        context = {"kind": target[0], "key": target[1], "next": request.POST.get("next", "")}
        return render(request, "participation/_follow.html", context)
    messages.success(request, thanks)
    return redirect(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    place = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return place if allowed and place.startswith("/") else reverse("following")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def following(request: HttpRequest) -> HttpResponse:
    """Show what the reader follows, and how often they are told; change it."""
    person = signed_in(request)
    if request.method == "POST":
        if thanks := _change(request, person):
            messages.success(request, thanks)
        return redirect("following")
    context = {"groups": _groups(person), "frequencies": DigestFrequency.choices, "person": person}
    return render(request, "participation/following.html", context)


def _change(request: HttpRequest, person: User) -> str:
    """Do what a form of the list asks for; return what to say of it, "" for what is none of ours."""
    action, value = request.POST.get("action", ""), request.POST.get("value", "")
    if action == "stop" and value.isascii() and value.isdecimal() and len(value) < 19:
        Follow.objects.filter(person=person, pk=int(value)).delete()
        return _("You follow it no more.")
    if action == "frequency" and value in DigestFrequency.values:
        domain.set_frequency(person, DigestFrequency(value))
        return _("Saved.")
    if action == "restart":
        domain.restart_mail(person)
        return _("You get digests again.")
    if action == "renew":
        domain.renew_links(person)
        return _("The links in the digests you got so far no longer work.")
    return ""


def _groups(person: User) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the kinds with what is followed of each, the last added first; what is public no more has no name."""
    rows: dict[str, list[Follow]] = defaultdict(list)
    for one in Follow.objects.filter(person=person):
        rows[one.kind].append(one)
    groups = []
    for kind in FollowKind:
        if found := rows.get(kind.value):
            names = named(kind.value, [one.key for one in found], current_language())
            groups.append((str(kind.label), [{"pk": one.pk, "name": names.get(one.key)} for one in found]))
    return groups


@never_cache
@login_required
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """Show the digest that the reader would get now."""
    person, until = signed_in(request), clock.now()
    weekly = DigestFrequency.WEEKLY
    frequency = weekly if person.digest == DigestFrequency.NEVER else DigestFrequency(person.digest)
    since = until - LENGTH[frequency]
    rows = Follow.objects.filter(person=person).values_list("pk", "kind", "key", "created_at")
    follows = [Followed(pk, (kind, key), at) for pk, kind, key, at in rows]
    gathered = gather(since, until, [one.target[1] for one in follows if one.target[0] == FollowKind.SEARCH])
    gathered.name([one.target for one in follows if one.target in gathered.news])
    reader = Reader(person.pk, person.email, person.display_name, current_language(), person.mail_links)
    content = Composer(gathered).compose(reader, follows, since)
    context = {"content": content, "since": since, "frequency": frequency, "follows": bool(follows)}
    return render(request, "participation/digest_preview.html", context)
