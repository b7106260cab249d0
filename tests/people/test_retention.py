"""What has been kept for its time goes, and nothing else."""

import datetime
import io

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from good_practices.models import MistakeReport
from portal.participation.models import Digest, Report
from portal.people import retention
from portal.people.enums import Role
from portal.people.models import Membership, User
from sessions.models import Agenda, AgendaEntry
from tests.factories import CommentFactory, MembershipFactory, PracticePageFactory, SessionPageFactory, UserFactory

NOW = timezone.now()


def ago(days):
    return NOW - datetime.timedelta(days=days)


def enforced(**options):
    return {term.name: count for term, count in retention.enforce(NOW, **options)}


def signed_up(days, *, verified, **fields):
    person = UserFactory(date_joined=ago(days), **fields)
    EmailAddress.objects.filter(user=person).update(verified=verified)
    return person


@pytest.fixture
def mandatory(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.mark.django_db
def test_accounts_that_were_never_verified_go(mandatory):
    gone = signed_up(31, verified=False)
    kept = [
        signed_up(29, verified=False),
        signed_up(400, verified=True),
        signed_up(400, verified=False, role=Role.FACILITATOR),
        signed_up(400, verified=False, is_superuser=True),
        UserFactory(date_joined=ago(400)),
    ]
    assert enforced()["unverified"] == 1
    assert list(User.objects.order_by("pk")) == kept
    assert not User.objects.filter(pk=gone.pk).exists()


@pytest.mark.django_db
def test_nobody_goes_where_no_verification_is_asked_for(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    signed_up(400, verified=False)
    assert enforced()["unverified"] == 0


def test_what_is_settled_goes_after_a_year(portal_site):
    practice = PracticePageFactory(parent=portal_site.libraries["ar"])
    for days in (364, 366):
        MembershipFactory(verified_at=None, declined_at=ago(days))
        comment = CommentFactory(page=practice)
        Report.objects.create(comment=comment, reporter=UserFactory(), reason="spam", closed_at=ago(days))
        Digest.objects.create(person=comment.author, since=ago(days + 1), until=ago(days), sent_at=ago(days))
        MistakeReport.objects.create(practice_key=practice.translation_key, text="x", language="ar", settled_at=ago(days))
        Session.objects.create(session_key=f"s{days}", session_data="", expire_date=ago(days - 365))
    MembershipFactory(verified_at=ago(800), declined_at=None)
    counts = enforced()
    assert {name: counts[name] for name in ("memberships", "reports", "digests", "mistakes", "sessions")} == {
        **{"memberships": 1, "reports": 1, "digests": 1, "mistakes": 1, "sessions": 1}
    }
    assert Membership.objects.count() == 2
    assert sum(enforced().values()) == 0


def test_agendas_of_no_account_go_a_year_after_their_last_session(portal_site):
    old = SessionPageFactory(parent=portal_site.workshops["ar"], starts_at=ago(801), ends_at=ago(800.9))
    new = SessionPageFactory(parent=portal_site.workshops["ar"], starts_at=ago(101), ends_at=ago(100.9))
    made = {}
    for name, keys in {"old": [old], "both": [old, new], "empty": [], "owned": [old], "fresh": [old]}.items():
        made[name] = Agenda.objects.create(owner=UserFactory() if name == "owned" else None)
        for page in keys:
            AgendaEntry.objects.create(agenda=made[name], session_key=page.translation_key)
    Agenda.objects.exclude(pk=made["fresh"].pk).update(created_at=ago(366))
    assert enforced()["agendas"] == 2
    assert set(Agenda.objects.all()) == {made["both"], made["owned"], made["fresh"]}


@pytest.mark.django_db
def test_many_go_in_batches(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 3)
    Session.objects.bulk_create(Session(session_key=f"k{n}", session_data="", expire_date=ago(1)) for n in range(10))
    assert enforced()["sessions"] == 10


@pytest.mark.django_db
def test_the_command_counts_without_deleting(monkeypatch):
    Session.objects.create(session_key="x", session_data="", expire_date=ago(1))
    out = io.StringIO()
    call_command("enforce_retention", "--dry-run", stdout=out)
    assert "1  sessions" in out.getvalue()
    assert Session.objects.exists()
    call_command("enforce_retention", stdout=out)
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_it_is_enforced_once_a_day():
    Session.objects.create(session_key="x", session_data="", expire_date=ago(1))
    retention.enforce_due()
    assert not Session.objects.exists()
    Session.objects.create(session_key="y", session_data="", expire_date=ago(1))
    retention.enforce_due()
    assert Session.objects.exists()
