"""What people's own tables and those of third parties (Django, allauth, Wagtail) keep of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from portal.base.languages import current_language
from portal.people.models import User
from portal.people.personal_data.registry import (
    Erasure,
    Fate,
    Ground,
    Kept,
    Retention,
    Use,
    declare_impersonal,
    keep,
    register,
    signed,
)

_USER_FIELDS = (
    *("email", "display_name", "first_name", "last_name", "key", "language", "reads", "region__name_{language}", "digest"),
    *("date_joined", "last_login", "mail_stopped_at", "is_staff", "is_superuser"),
)


def register_own() -> None:
    """Enter people's own tables and third parties'."""
    _account()
    _third_parties()
    _publishing()
    declare_impersonal("wagtailembeds.Embed", "author_name", "who made a video that is shown from elsewhere, as its site tells")


def _account() -> None:
    account = keep(Use.ACCOUNT, Ground.CONTRACT, Retention.ACCOUNT, Fate.DELETED)
    membership = keep(Use.MEMBERSHIP, Ground.CONTRACT, Retention.ACCOUNT, Fate.DELETED)
    rights = keep(Use.RIGHTS, Ground.LAW, Retention.ACCOUNT, Fate.DELETED)
    named = ("organisation__name_{language}", "role", "asked_at", "verified_at", "declined_at", "answer")
    register(
        account("people.User", "pk", *_USER_FIELDS, own_rows=_person_told, erase=_leave_user),
        account("account.EmailAddress", "user", "email", "verified", "primary"),
        account("account.EmailConfirmation", "email_address__user", "email_address__email", "created", "sent"),
        membership("people.Membership", "person", *named),
        rights("people.Consent", "person", "purpose", "version", "language", "given_at", "withdrawn_at"),
        rights("people.DataRequest", "person", "kind", "text", "created_at", "due_on", "answered_at", "answer"),
        *signed("people.Membership.verified_by", "people.DataRequest.answered_by"),
    )


def _third_parties() -> None:
    account = keep(Use.ACCOUNT, Ground.CONTRACT, Retention.ACCOUNT, Fate.DELETED)
    session = keep(Use.ACCOUNT, Ground.CONTRACT, Retention.TWO_WEEKS, Fate.DELETED)
    desk = keep(Use.PUBLISHING, Ground.CONTRACT, Retention.ACCOUNT, Fate.DELETED)
    register(
        session("sessions.Session", "", "expire_date", own_rows=_sessions_told, erase=_end_sessions),
        session("usersessions.UserSession", "user", "created_at", "last_seen_at", "user_agent"),
        account("mfa.Authenticator", "user", "type", "created_at", "last_used_at"),
        desk("wagtailusers.UserProfile", "user", "preferred_language", "current_time_zone", files=("avatar",)),
        desk("wagtailadmin.EditingSession", "user", "object_id", "last_seen_at"),
        desk("wagtailadmin.FormState", "user", "object_id", "last_updated_at"),
        desk("wagtailcore.APIToken", "user", "name", "created", "last_used_at"),
        desk("wagtailcore.PageSubscription", "user", "page__title", "comment_notifications"),
        desk("wagtailcore.Comment", "user", "text", "page__title", "created_at"),
        desk("wagtailcore.CommentReply", "user", "text", "created_at"),
        desk("wagtailcore.UploadedFile", "uploaded_by_user", "pk", files=("file",)),
    )


def _publishing() -> None:
    log = keep(Use.PUBLISHING, Ground.INTEREST, Retention.ALWAYS, Fate.KEPT)
    register(
        log("wagtailcore.PageLogEntry", "user", "action", "label", "timestamp", erase=_silence_log),
        log("wagtailcore.ModelLogEntry", "user", "action", "label", "timestamp", erase=_unname_log),
        Kept(
            *("wagtailcore.Page", "owner", Use.PUBLISHING, Ground.INTEREST, Retention.PUBLISHED, Fate.UNLINKED),
            ("title", "first_published_at"),
        ),
        *signed(
            *("wagtailcore.Page.locked_by", "wagtailcore.Revision.user", "wagtailcore.WorkflowState.requested_by"),
            *("wagtailcore.TaskState.finished_by", "wagtailcore.Comment.resolved_by"),
            *("wagtaildocs.Document.uploaded_by_user", "wagtailimages.Image.uploaded_by_user"),
            *("wagtail_localize.StringTranslation.last_translated_by", "wagtail_localize.SegmentOverride.last_translated_by"),
        ),
    )


def _person_told(person: User) -> Iterable[Mapping[str, Any]]:
    fields = [field.format(language=current_language()) for field in _USER_FIELDS]
    row = User.objects.filter(pk=person.pk).values(*fields).get()
    return [{**row, "groups": list(person.groups.values_list("name", flat=True))}]


def _leave_user(erasure: Erasure) -> None:
    """The row itself goes last: `portal.people.domain.erasure` deletes it."""


def _sessions_of(person: User) -> Iterable[Session]:
    """Yield the sessions in which a person is signed in: a session says so inside only."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            yield session


def _sessions_told(person: User) -> Iterable[Mapping[str, Any]]:
    return [{"expire_date": session.expire_date} for session in _sessions_of(person)]


def _end_sessions(erasure: Erasure) -> None:
    Session.objects.filter(pk__in=[session.pk for session in _sessions_of(erasure.person)]).delete()


def _silence_log(erasure: Erasure) -> None:
    """The log repeats what was said in the remarks on a page: those words go."""
    mine = PageLogEntry.objects.filter(user_id=erasure.person.pk, action__startswith="wagtail.comments")
    mine.update(data={})


def _unname_log(erasure: Erasure) -> None:
    """The log names what it is about: where that is the person themselves, the name and the address go."""
    about = ModelLogEntry.objects.filter(content_type__app_label="people", content_type__model="user")
    about.filter(object_id=str(erasure.person.pk)).update(label="", data={})
    names = {str(erasure.person), erasure.person.email} - {""}
    ModelLogEntry.objects.filter(label__in=names).update(label="", data={})
