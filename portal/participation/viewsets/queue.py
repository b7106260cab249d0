"""The moderators' queue in the CMS: tabs, filters, and decisions on one comment or on many at once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from portal.base.text import clean_text
from portal.participation.domain import appeals, moderation
from portal.participation.domain.moderation import MODERATE
from portal.participation.enums import CommentKind
from portal.participation.models import Appeal, Comment, ModerationReason
from portal.participation.queue import PER_PAGE, TABS, counts, history_of, listed
from portal.people.domain import signed_in
from portal.people.models import User

NOTE_LENGTH = 1000
ACTS = ("publish", "hide", "keep", "restore", "grant", "uphold")
_LARGEST_ID = 2**63 - 1


class QueueFilterForm(forms.Form):
    """What of a tab is shown."""

    q = forms.CharField(label=_("Words or author"), required=False, max_length=100, widget=forms.TextInput({"dir": "auto"}))
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", "—"), *settings.LANGUAGES])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", "—"), *CommentKind.choices])
    comment = forms.IntegerField(required=False, min_value=1, max_value=_LARGEST_ID, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What the moderator chose for all the comments that are decided on."""

    reason = forms.ModelChoiceField(ModerationReason.objects.all(), label=_("Reason"), required=False, empty_label="—")
    note = forms.CharField(
        label=_("Note to the author"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 1, "dir": "auto"}),
    )

    def clean_note(self) -> str:
        """Return the note without invisible characters."""
        return clean_text(self.cleaned_data["note"])


class QueueView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Shows a tab of the queue (GET), and takes decisions (POST)."""

    template_name = "participation/cms/queue.html"
    page_title = _("Moderation")
    header_icon = "comment"
    permission_required = "moderate"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to the queue."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the tab, its rows, and the form of decisions."""
        form = QueueFilterForm(self.request.GET)
        filters = form.cleaned_data if form.is_valid() else {}
        tab = self.request.GET.get("tab", "waiting")
        tab = tab if tab in dict(TABS) else "waiting"
        page, rows = listed("all" if filters.get("comment") else tab, filters, self.request.GET.get("page"))
        context = {
            "tab": "all" if filters.get("comment") else tab,
            "tabs": TABS,
            "counts": counts(),
            "rows": rows,
            "paging": page,
            "filters": form,
            "question": _question(self.request.GET, tab),
            "decision": DecisionForm(),
            "picked": set(),
            "history": history_of(rows[0].comment) if filters.get("comment") and rows else [],
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Decide on what was picked, as the button said, and say what came of it; nothing that was chosen is lost."""
        act, keys = _asked(request.POST)
        form = DecisionForm(request.POST)
        if not act or not keys:
            messages.warning(request, gettext("Pick at least one comment, then choose what to do."))
        elif form.is_valid() and act == "hide" and form.cleaned_data["reason"] is None:
            form.add_error("reason", gettext("Choose a reason: the author is told."))
        if form.errors:
            context = self.get_context_data(decision=form, picked=keys)
            return TemplateResponse(request, self.template_name, context, status=422)
        if act and keys:
            _decide_all(request, act, keys, form.cleaned_data)
        return redirect(f"{request.path}?{_question(request.GET, request.GET.get('tab', 'waiting'))}")


def _question(asked: QueryDict, tab: str) -> str:
    """Return the address's question without its page, which a decision may have emptied."""
    kept = QueryDict(mutable=True)
    kept["tab"] = tab
    for name in ("q", "language", "kind", "comment"):
        if asked.get(name):
            kept[name] = str(asked[name])
    return kept.urlencode()


def _asked(sent: QueryDict) -> tuple[str, set[int]]:
    """Return what to do ("" where it is not known) with which comments: the one of the button, else those that were picked."""
    one, _colon, pk = sent.get("one", "").partition(":")
    act, keys = (one, [pk]) if one else (sent.get("act", ""), sent.getlist("pick"))
    numbers = {int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19}
    return (act if act in ACTS else ""), numbers if len(numbers) <= PER_PAGE else set()


def _decide_all(request: HttpRequest, act: str, keys: set[int], chosen: dict[str, Any]) -> None:
    """Decide on each comment by itself: where one has changed meanwhile, the others are decided on."""
    done, moderator = Counter[str](), signed_in(request)
    for comment in Comment.objects.filter(pk__in=keys).select_related("author"):
        try:
            _decide(comment, moderator, act, chosen, request.POST.get(f"seen-{comment.pk}", ""))
            done[act] += 1
        except Comment.DoesNotExist:
            continue
        except ValidationError as error:
            words = Truncator(comment.text).words(8)
            messages.warning(request, f"“{words}”: {' '.join(error.messages)}")
    if done[act]:
        words = ngettext("Decided on %(count)d comment: %(act)s.", "Decided on %(count)d comments: %(act)s.", done[act])
        messages.success(request, words % {"count": done[act], "act": _DONE[act]})
    if missing := len(keys) - Comment.objects.filter(pk__in=keys).count():
        words = ngettext("%(count)d comment is not there any more.", "%(count)d comments are not there any more.", missing)
        messages.warning(request, words % {"count": missing})


_DONE = {
    "publish": _("published"),
    "hide": _("hidden, and the author is told why"),
    "keep": _("reports dismissed"),
    "restore": _("shown again"),
    "grant": _("shown again, and the author is told"),
    "uphold": _("the decision stays, and the author is told"),
}


def _decide(comment: Comment, moderator: User, act: str, chosen: dict[str, Any], seen: str) -> None:
    note = chosen["note"]
    if act == "publish":
        moderation.publish(comment, moderator, seen=seen)
    elif act == "hide":
        moderation.hide(comment, moderator, chosen["reason"], note, seen)
    elif act == "keep":
        moderation.keep(comment, moderator, note, seen)
    elif act == "restore":
        moderation.restore(comment, moderator, note, seen)
    else:
        appeal = Appeal.objects.filter(comment=comment).select_related("comment__author").first()
        if appeal is None:
            raise ValidationError(gettext("Nobody has asked for another look at it."))
        appeals.decide_appeal(appeal, moderator, act == "grant", note)


class QueueMenuItem(MenuItem):
    """The way to the queue, for those who decide."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the reader may decide."""
        return bool(request.user.has_perm(MODERATE))


class QueueViewSet(ViewSet):
    """The queue, first in the menu of moderators."""

    name = "moderation"
    icon = "comment"
    menu_label = _("Moderation")

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        """Return the way to the queue."""
        return QueueMenuItem(self.menu_label, reverse("moderation:queue"), name=self.name, icon_name=self.icon, order=order)

    def get_urlpatterns(self) -> list[Any]:
        """Return the one address."""
        return [path("", QueueView.as_view(permission_policy=policy_registry.get_by_type(Comment)), name="queue")]
