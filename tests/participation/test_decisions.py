"""Decisions, reports, appeals, bans, and the log that keeps them."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.participation.domain.appeals import appeal, decide_appeal
from portal.participation.domain.bans import ban, ban_of, lift
from portal.participation.domain.moderation import hide, keep, mark_of, publish, restore
from portal.participation.domain.reports import NAMELESS_REPORTS, report
from portal.participation.enums import ModerationAct
from portal.participation.models import Comment, ModerationAction, ModerationReason, Report
from portal.people.enums import Role
from tests.factories import CommentFactory, ModerationReasonFactory, PracticePageFactory, UserFactory


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"])


@pytest.fixture
def comment(page):
    return CommentFactory(page=page, text="كلام جارح", author__language="fr")


@pytest.fixture
def waiting(page):
    return CommentFactory(page=page, published_at=None)


@pytest.fixture
def second(db):
    return UserFactory(role=Role.MODERATOR)


@pytest.fixture
def reason(db):
    return ModerationReasonFactory()


def acts():
    return list(ModerationAction.objects.order_by("pk").values_list("act", flat=True))


def is_visible(comment):
    return Comment.objects.visible().filter(pk=comment.pk).exists()


def reported(comment, number):
    return [report(comment, UserFactory(), "insult") for _ in range(number)]


# --- What moderators decide ---------------------------------------------------------------------------------------


def test_a_hiding_is_logged_with_who_whose_and_why(comment, moderator, reason):
    hide(comment, moderator, reason, "ملاحظة")
    logged = ModerationAction.objects.get()
    assert (logged.act, logged.target, logged.target_id, logged.reason, logged.note) == (
        ModerationAct.HIDE,
        "comment",
        comment.pk,
        reason.code,
        "ملاحظة",
    )
    assert (logged.actor_key, logged.author_key) == (moderator.key, comment.author.key)
    assert not is_visible(comment)


def test_what_waits_is_published_or_refused(page, waiting, moderator, reason):
    other = CommentFactory(page=page, published_at=None)
    publish(waiting, moderator)
    hide(other, moderator, reason)
    assert is_visible(waiting)
    assert not is_visible(other)
    assert acts() == [ModerationAct.PUBLISH, ModerationAct.REFUSE]


def test_what_was_refused_is_published_when_it_is_restored(waiting, moderator, reason):
    hide(waiting, moderator, reason)
    restore(waiting, moderator)
    assert is_visible(waiting)


@pytest.mark.parametrize("act", [hide, restore, publish, keep])
def test_who_may_not_decide_does_not(comment, participant, act):
    with pytest.raises(PermissionDenied):
        act(comment, participant)
    assert acts() == []


def test_the_second_moderator_is_told_and_nothing_is_doubled(comment, moderator, second, reason):
    theirs = Comment.objects.get(pk=comment.pk)
    hide(comment, moderator, reason)
    with pytest.raises(ValidationError):
        hide(theirs, second, reason)
    comment.refresh_from_db()
    assert comment.hidden_by == moderator
    assert acts() == [ModerationAct.HIDE]


@pytest.mark.parametrize("act", [publish, restore, keep])
def test_what_needs_no_decision_gets_none(comment, moderator, act):
    with pytest.raises(ValidationError):
        act(comment, moderator)
    assert acts() == []


def test_a_decision_on_what_has_changed_meanwhile_is_not_taken(comment, moderator, reason):
    seen = mark_of(comment)
    Comment.objects.update(edited_at=timezone.now(), text="كلام طيب")
    with pytest.raises(ValidationError):
        hide(comment, moderator, reason, seen=seen)
    assert is_visible(comment)
    hide(comment, moderator, reason, seen=mark_of(comment))


@pytest.mark.parametrize("act", [publish, restore, keep])
def test_nobody_decides_for_themselves(page, moderator, second, act, reason):
    own = CommentFactory(page=page, author=moderator, published_at=None if act is publish else timezone.now())
    if act is restore:
        hide(own, second, reason)
    with pytest.raises(ValidationError, match=r"\w"):
        act(own, moderator)
    own.refresh_from_db()
    assert own.is_hidden == (act is restore)


# --- Reports ------------------------------------------------------------------------------------------------------


def test_reports_of_enough_people_hide_until_a_moderator_decides(comment):
    reported(comment, 2)
    assert is_visible(comment)
    reported(comment, 1)
    comment.refresh_from_db()
    assert comment.hidden_by_reports
    logged = ModerationAction.objects.get()
    assert (logged.act, logged.actor_key, logged.reason) == (ModerationAct.HIDE, None, "reports")


def test_one_person_reports_once(comment, participant):
    report(comment, participant, "spam")
    with pytest.raises(ValidationError):
        report(comment, participant, "insult")
    assert Report.objects.count() == 1


def test_nobody_reports_their_own(comment):
    with pytest.raises(ValidationError):
        report(comment, comment.author, "spam")


def test_the_banned_neither_report_nor_count(comment, moderator, reason):
    for one in reported(comment, 2):
        ban(one.reporter, moderator, reason)
    reported(comment, 2)
    assert is_visible(comment)
    banned = UserFactory()
    ban(banned, moderator, reason)
    with pytest.raises(ValidationError):
        report(comment, banned, "spam")


def test_reports_without_an_account_never_hide_and_do_not_pile_up(comment):
    made = [report(comment, None, "private") for _ in range(NAMELESS_REPORTS + 3)]
    assert sum(one is not None for one in made) == Report.objects.count() == NAMELESS_REPORTS
    assert is_visible(comment)


def test_what_a_moderator_keeps_is_shown_again_and_the_same_people_cannot_hide_it(comment, moderator):
    reporters = [one.reporter for one in reported(comment, 3)]
    keep(comment, moderator)
    assert is_visible(comment)
    assert acts() == [ModerationAct.HIDE, ModerationAct.KEEP]
    for person in reporters:
        with pytest.raises(ValidationError):
            report(comment, person, "insult")
    reported(comment, 2)
    assert is_visible(comment)


def test_a_moderator_confirms_what_reports_have_hidden(comment, moderator, reason):
    reported(comment, 3)
    hide(comment, moderator, reason)
    comment.refresh_from_db()
    assert comment.hidden_by == moderator
    assert not comment.hidden_by_reports
    assert not Report.objects.filter(closed_at=None).exists()


def test_reports_in_an_hour_are_limited(page, participant):
    for comment in CommentFactory.create_batch(20, page=page):
        report(comment, participant, "spam")
    with pytest.raises(ValidationError):
        report(CommentFactory(page=page), participant, "spam")


# --- Appeals ------------------------------------------------------------------------------------------------------


@pytest.fixture
def appealed(comment, moderator, reason):
    hide(comment, moderator, reason)
    return appeal(comment, comment.author, "لم أقصد أحدا")


def test_another_moderator_grants_an_appeal(appealed, comment, second):
    decide_appeal(appealed, second, True, "صحيح")
    assert is_visible(comment)
    assert acts() == [ModerationAct.HIDE, ModerationAct.GRANT]


def test_another_moderator_upholds_the_decision(appealed, comment, second):
    decide_appeal(appealed, second, False)
    assert not is_visible(comment)
    assert acts() == [ModerationAct.HIDE, ModerationAct.UPHOLD]


def test_the_moderator_who_hid_it_does_not_decide(appealed, moderator):
    with pytest.raises(ValidationError) as alone:
        decide_appeal(appealed, moderator, True)
    UserFactory(role=Role.MODERATOR)
    with pytest.raises(ValidationError) as among_others:
        decide_appeal(appealed, moderator, True)
    assert alone.value.messages != among_others.value.messages
    assert not is_visible(appealed.comment)


def test_a_superuser_who_hid_it_does_not_decide_either(comment, reason):
    chief = UserFactory(is_superuser=True)
    hide(comment, chief, reason)
    with pytest.raises(ValidationError):
        decide_appeal(appeal(comment, comment.author, "لماذا؟"), chief, True)


def test_an_appeal_is_decided_once(appealed, moderator, second):
    decide_appeal(appealed, second, False)
    with pytest.raises(ValidationError):
        decide_appeal(appealed, UserFactory(role=Role.MODERATOR), True)


def test_an_appeal_is_made_once_and_by_its_author(appealed, comment, second, participant):
    with pytest.raises(PermissionDenied):
        appeal(comment, participant, "أنا أيضا")
    decide_appeal(appealed, second, False)
    with pytest.raises(ValidationError):
        appeal(comment, comment.author, "مرة أخرى")


def test_what_reports_hid_is_not_appealed_yet(comment):
    reported(comment, 3)
    with pytest.raises(ValidationError):
        appeal(comment, comment.author, "لماذا؟")


def test_restoring_grants_the_appeal_that_waits(appealed, comment, moderator):
    restore(comment, moderator)
    appealed.refresh_from_db()
    assert appealed.granted is True
    assert appealed.decided_by == moderator


# --- Bans ---------------------------------------------------------------------------------------------------------


def test_a_ban_holds_until_it_is_lifted(participant, moderator, reason):
    made = ban(participant, moderator, reason)
    with pytest.raises(ValidationError):
        ban(participant, moderator, reason)
    lift(made, moderator)
    lift(made, moderator)
    assert ban_of(participant) is None
    assert acts() == [ModerationAct.BAN, ModerationAct.UNBAN]


def test_moderators_are_not_banned_and_participants_ban_nobody(participant, moderator, second, reason):
    with pytest.raises(ValidationError):
        ban(second, moderator, reason)
    with pytest.raises(PermissionDenied):
        ban(moderator, participant, reason)


def test_a_ban_ends_in_the_future(participant, moderator, reason):
    with pytest.raises(ValidationError):
        ban(participant, moderator, reason, timezone.now() - datetime.timedelta(seconds=1))


# --- Telling ------------------------------------------------------------------------------------------------------


def test_the_author_is_told_why_in_their_language_by_text_and_html(comment, moderator, reason, committed):
    with committed():
        hide(comment, moderator, reason, "<b>ملاحظة</b>")
    letter = mail.outbox[-1]
    html = letter.alternatives[0].content
    assert letter.to == [comment.author.email]
    assert "C’est contraire aux règles." in letter.body
    assert "كلام جارح" in letter.body
    assert '<html lang="fr" dir="ltr">' in html
    assert "&lt;b&gt;" in html
    assert "/fr/account/comments/" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_every_decision_is_told(comment, moderator, second, reason, participant, committed):
    told = []

    def step(act, *args):
        with committed():
            act(*args)
        told.append(len(mail.outbox))

    reported_by = [UserFactory() for _ in range(3)]
    for person in reported_by[:2]:
        report(comment, person, "spam")
    step(report, comment, reported_by[2], "spam")
    step(hide, comment, moderator, reason)
    asked = appeal(comment, comment.author, "لماذا؟")
    step(decide_appeal, asked, second, True, "حسنا")
    step(ban, participant, moderator, reason)
    step(lift, ban_of(participant), moderator)
    assert told == [1, 2, 3, 4, 5]
    assert len({letter.subject for letter in mail.outbox}) == 5


def test_a_letter_that_says_what_is_no_longer_so_is_not_sent(comment, moderator, reason, committed):
    with committed():
        hide(comment, moderator, reason)
        restore(comment, moderator)
    assert len(mail.outbox) == 1


def test_who_gets_no_mail_gets_none(comment, moderator, reason, committed):
    type(comment.author).objects.update(mail_stopped_at=timezone.now())
    comment.author.refresh_from_db()
    with committed():
        hide(comment, moderator, reason)
    assert mail.outbox == []


def test_a_decision_that_is_rolled_back_tells_nobody(comment, moderator, reason, committed):
    with committed(), transaction.atomic():
        hide(comment, moderator, reason)
        transaction.set_rollback(True)
    assert mail.outbox == []
    assert acts() == []


# --- The log ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: ModerationAction.objects.update(note="x"),
        lambda: ModerationAction.objects.all().delete(),
        lambda: ModerationAction.objects.get().delete(),
        lambda: ModerationAction.objects.get().save(),
        lambda: _sql("UPDATE participation_moderationaction SET act = 'keep'"),
        lambda: _sql("DELETE FROM participation_moderationaction"),
    ],
)
def test_the_log_cannot_be_changed_by_any_way(comment, moderator, reason, attempt):
    hide(comment, moderator, reason)
    before = ModerationAction.objects.values().get()
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        attempt()
    assert ModerationAction.objects.values().get() == before


def _sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_log_outlives_the_comment_and_its_author(comment, moderator, reason):
    hide(comment, moderator, reason)
    key = comment.author.key
    comment.author.delete()
    Comment.objects.all().delete()
    assert ModerationAction.objects.get().author_key == key


# --- Reasons ------------------------------------------------------------------------------------------------------


def test_six_reasons_are_ready_in_three_languages(db):
    reasons = ModerationReason.objects.all()
    assert len(reasons) == 6
    assert all(getattr(one, f"{field}_{code}") for one in reasons for field in ("name", "message") for code in ("ar", "fr", "en"))


def test_a_new_reason_gets_a_code_of_its_own(db):
    made = [ModerationReason.objects.create(name_ar="ا", name_fr="Été", message_ar="ا", message_fr="é") for _ in range(2)]
    assert [one.code for one in made] == ["ete", "ete-2"]
