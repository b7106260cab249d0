"""What followers hear of sessions: a recording, once, from when visitors can play it."""

import datetime

from portal.base import clock
from portal.vocabulary.models import Theme
from sessions.enums import RecordingStatus
from sessions.news import news
from tests.factories import OrganisationFactory, RecordingFactory, SessionPageFactory, SpeakerFactory, ThemeFactory

MONDAY = datetime.datetime(2026, 1, 5, 8, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def test_a_recording_is_news_when_it_can_be_played_and_only_once(portal_site):
    organisation = OrganisationFactory()
    page = SessionPageFactory(parent=portal_site.workshops["ar"], speakers=[SpeakerFactory(organisation=organisation)])
    page.themes = [ThemeFactory(slug="environment")]
    page.save()
    with clock.at(MONDAY):
        recording = RecordingFactory(page=page, status=RecordingStatus.PROCESSING)
    assert not list(news(MONDAY - DAY, MONDAY + DAY))
    with clock.at(MONDAY + 3 * DAY):
        recording.status = RecordingStatus.READY
        recording.save(update_fields=["status"])
    with clock.at(MONDAY + 9 * DAY):
        recording.live = False
        recording.save()
        recording.live = True
        recording.save()
    assert not list(news(MONDAY + 3 * DAY, MONDAY + 20 * DAY))
    (told,) = news(MONDAY, MONDAY + 4 * DAY)
    key = str(page.translation_key)
    assert set(told.about) == {("theme", "environment"), ("organisation", organisation.slug), ("discussion", key)}
    assert told.links["ar"].url.endswith("#recording")
    assert Theme.objects.exists()


def test_a_recording_of_a_session_that_is_not_public_is_no_news(portal_site):
    page = SessionPageFactory(parent=portal_site.workshops["ar"])
    with clock.at(MONDAY):
        RecordingFactory(page=page)
    assert len(list(news(MONDAY - DAY, MONDAY + DAY))) == 1
    page.unpublish()
    assert not list(news(MONDAY - DAY, MONDAY + DAY))
