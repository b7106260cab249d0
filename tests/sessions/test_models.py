"""A session: where it stands at a moment, who speaks, what goes with it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail_factories import DocumentFactory

from portal.base import clock
from sessions.enums import RecordingStatus, SessionState, SessionStatus
from sessions.models import SessionMaterial, SessionPage
from tests.factories import RecordingFactory, SessionPageFactory, SpeakerFactory

pytestmark = pytest.mark.django_db  # a page asks for its content type

NINE = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


def session(**fields):
    return SessionPage(title="جلسة", starts_at=NINE, ends_at=NINE + 90 * MINUTE, **fields)


@pytest.mark.parametrize(
    ("minutes", "recorded", "expected"),
    [
        (-1, False, SessionState.TO_COME),
        (-1, True, SessionState.TO_COME),
        (0, False, SessionState.LIVE),
        (89, True, SessionState.LIVE),
        (90, False, SessionState.OVER),
        (90, True, SessionState.RECORDED),
        (10**6, False, SessionState.OVER),
    ],
)
def test_state(minutes, recorded, expected):
    page = session()
    page.is_recorded = recorded
    with clock.at(NINE + minutes * MINUTE):
        assert page.state == expected


@pytest.mark.parametrize("minutes", [-1, 0, 90])
def test_a_cancelled_session_is_nothing_else(minutes):
    with clock.at(NINE + minutes * MINUTE):
        assert session(status=SessionStatus.CANCELLED).state == SessionState.CANCELLED


@pytest.mark.parametrize(
    ("fields", "recorded"),
    [
        ({}, True),
        ({"live": False}, False),
        ({"status": RecordingStatus.PROCESSING}, False),
        ({"status": RecordingStatus.FAILED}, False),
    ],
)
def test_only_a_recording_that_is_ready_and_public_counts(portal_site, fields, recorded):
    page = SessionPageFactory(parent=portal_site.workshops["ar"])
    RecordingFactory(page=page, **fields)
    assert page.is_recorded is recorded
    assert SessionPage.objects.for_cards().get(pk=page.pk).is_recorded is recorded
    assert bool(page.recordings) is recorded


@pytest.mark.parametrize("slug", sorted(SessionPage.RESERVED_SLUGS))
def test_the_addresses_of_the_programme_are_no_sessions(slug):
    with pytest.raises(ValidationError) as refusal:
        SessionPage(title="جلسة", slug=slug, starts_at=NINE, ends_at=NINE + MINUTE).clean()
    assert list(refusal.value.message_dict) == ["slug"]


def test_state_does_not_depend_on_the_zone_of_the_clock():
    there = datetime.timezone(datetime.timedelta(hours=9))
    with clock.at((NINE + MINUTE).astimezone(there)):
        assert session().state == SessionState.LIVE


def test_duration():
    assert session().duration == datetime.timedelta(hours=1, minutes=30)


@pytest.mark.parametrize("minutes", [0, -30])
def test_a_session_that_does_not_end_after_it_starts_is_refused(minutes):
    wrong = SessionPage(title="جلسة", slug="s", starts_at=NINE, ends_at=NINE + minutes * MINUTE)
    with pytest.raises(ValidationError) as refusal:
        wrong.clean()
    assert list(refusal.value.message_dict) == ["ends_at"]


def test_a_session_without_times_is_refused_politely(db):
    with pytest.raises(ValidationError) as refusal:
        SessionPage(title="جلسة", slug="s").full_clean()
    assert {"starts_at", "ends_at"} <= refusal.value.message_dict.keys()


def test_speakers_come_in_the_facilitator_s_order(portal_site):
    first, second = SpeakerFactory(slug="b"), SpeakerFactory(slug="a")
    page = SessionPageFactory(parent=portal_site.workshops["ar"], speakers=[first, second])
    assert SessionPage.objects.get(pk=page.pk).speakers == [first, second]


def test_a_speaker_speaks_the_reader_s_language():
    speaker = SpeakerFactory.build(role_ar="رئيسة", role_fr="Présidente", bio_ar="سيرة")
    with override("fr"):
        assert (speaker.role, speaker.bio) == ("Présidente", "سيرة")


def test_a_material_needs_a_document_or_an_address():
    with pytest.raises(ValidationError) as refusal:
        SessionMaterial(title="بطاقة").clean()
    assert list(refusal.value.message_dict) == ["document"]
    SessionMaterial(title="بطاقة", link="https://example.org/a.pdf").clean()


def test_a_material_leads_to_its_document_rather_than_to_its_address(db):
    document = DocumentFactory(title="بطاقة")
    material = SessionMaterial(title="بطاقة", document=document, link="https://example.org/a.pdf")
    assert material.url == document.url
    assert SessionMaterial(title="b", link="https://example.org/a.pdf").url == "https://example.org/a.pdf"
