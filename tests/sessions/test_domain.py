"""A publication: the announced slot, and the facts that translations share."""

import datetime

import pytest

from sessions.enums import SessionStatus
from sessions.models import SessionPage, SlotVersion
from tests.factories import RoomFactory, SessionPageFactory, SpeakerFactory, ThemeFactory

LATER = datetime.timedelta(hours=2)


@pytest.fixture
def pages(portal_site):
    """A session in Arabic and its French translation, both published, with a revision each."""
    arabic = SessionPageFactory(parent=portal_site.workshops["ar"], title="جلسة", speakers=[SpeakerFactory()])
    french = SessionPageFactory(parent=portal_site.workshops["fr"], title="Séance", translation_of=arabic)
    for page in (arabic, french):
        page.save_revision().publish()
    return arabic, french


def versions(page):
    return list(SlotVersion.objects.filter(session_key=page.translation_key))


def publish(page, **changes):
    page = SessionPage.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_session_is_announced_once_for_all_its_languages(pages):
    assert [version.sequence for version in versions(pages[0])] == [0]


@pytest.mark.parametrize("change", ["time", "room", "status"])
def test_each_change_of_the_slot_is_one_version_more(pages, change):
    arabic = pages[0]
    changes = {
        "time": {"starts_at": arabic.starts_at + LATER, "ends_at": arabic.ends_at + LATER},
        "room": {"room": RoomFactory()},
        "status": {"status": SessionStatus.CANCELLED},
    }[change]
    publish(arabic, **changes)
    publish(arabic, title="كلمات أخرى")
    first, second = versions(arabic)
    assert (first.sequence, second.sequence) == (0, 1)
    assert first.starts_at == arabic.starts_at
    for name, value in changes.items():
        if name != "ends_at":
            assert getattr(second, name) == value


def test_a_moved_session_moves_in_every_language_and_keeps_its_words(pages):
    arabic, french = pages
    speaker, theme = SpeakerFactory(), ThemeFactory()
    moved = SessionPage.objects.get(pk=arabic.pk)
    moved.themes = [theme]
    moved.session_speakers.add(*[type(moved.session_speakers.first())(speaker=speaker, sort_order=5)])
    moved.starts_at, moved.ends_at, moved.live_url = (
        arabic.starts_at + LATER,
        arabic.ends_at + LATER,
        "https://meet.example.org/1",
    )
    moved.save_revision().publish()
    now = SessionPage.objects.get(pk=french.pk)
    assert (now.title, now.starts_at, now.live_url) == ("Séance", moved.starts_at, moved.live_url)
    assert speaker in now.speakers
    assert list(now.themes.all()) == [theme]


def test_a_translations_draft_keeps_its_words_and_takes_the_facts(pages):
    arabic, french = pages
    draft = SessionPage.objects.get(pk=french.pk)
    draft.title = "Brouillon"
    draft.save_revision()
    publish(arabic, starts_at=arabic.starts_at + LATER, ends_at=arabic.ends_at + LATER)
    now = SessionPage.objects.get(pk=french.pk)
    assert now.title == "Séance"
    latest = now.get_latest_revision_as_object()
    assert (latest.title, latest.starts_at) == ("Brouillon", arabic.starts_at + LATER)
    latest.save_revision().publish()
    assert [version.sequence for version in versions(arabic)] == [0, 1]


def test_a_translation_that_is_not_published_stays_so(pages):
    arabic, french = pages
    french.unpublish()
    publish(arabic, status=SessionStatus.CANCELLED)
    now = SessionPage.objects.get(pk=french.pk)
    assert not now.live
    assert now.status == SessionStatus.CANCELLED
