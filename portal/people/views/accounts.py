"""A person's own pages: the account, what they say of themselves, where they are signed in; and the door of the CMS."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.people.account_menu import entries
from portal.people.domain import signed_in
from portal.people.domain.sign_ins import end_other_sign_ins, end_sign_in, sign_ins
from portal.people.forms.profile import ProfileForm
from portal.people.models import Membership


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cms_door(request: HttpRequest) -> HttpResponse:
    """Lead whoever comes to the CMS to the sign-in of the portal: the same limits and the same second factor for everybody."""
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    onward = request.GET.get("next") or reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': onward})}")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def account(request: HttpRequest) -> HttpResponse:
    """Show the one page that leads to everything of a person's own."""
    person = signed_in(request)
    verified = Membership.objects.verified().filter(person=person).select_related("organisation")
    return render(request, "people/account.html", {"person": person, "entries": entries(), "memberships": verified})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and keep what a person says of themselves."""
    person = signed_in(request)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("account")
    person.refresh_from_db()  # the form has put what it refuses into the header of its own page
    return render(request, "people/profile.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_sign_ins(request: HttpRequest) -> HttpResponse:
    """List where a person is signed in, and end one of these, or all others."""
    person = signed_in(request)
    if request.method == "POST":
        _end(request)
        return redirect("my_sign_ins")
    return render(request, "people/sign_ins.html", {"sign_ins": sign_ins(request, person)})


def _end(request: HttpRequest) -> None:
    person, pk = signed_in(request), request.POST.get("sign_in", "")
    if request.POST.get("action") == "others":
        count = end_other_sign_ins(request, person)
        words = ngettext("Signed out of %(count)s other browser.", "Signed out of %(count)s other browsers.", count)
        messages.success(request, words % {"count": count})
    elif pk.isascii() and pk.isdecimal() and len(pk) < 19 and end_sign_in(request, person, int(pk)):
        messages.success(request, _("Signed out there."))
    else:
        messages.error(request, _("That sign-in has ended already."))
