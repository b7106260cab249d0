"""The workshop that the benchmark measures, run by `manage.py shell`: 60 sessions over 3 days instead of the demonstration's."""

import datetime
from itertools import product

from wagtail.models import Locale

from portal.vocabulary.models import Theme
from sessions.enums import SessionKind
from sessions.models import Room, SessionPage, SessionSpeaker, Speaker, WorkshopPage

DAYS, SLOTS, ROOMS, SPEAKERS = 3, 5, 4, 40
FIRST = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
LONG = datetime.timedelta(minutes=75)


def make() -> int:
    """Replace the Arabic sessions by 60 in four rooms, with two speakers and two themes each; return how many there are."""
    workshop = WorkshopPage.objects.get(locale=Locale.objects.get(language_code="ar"))
    SessionPage.objects.child_of(workshop).delete()
    workshop.refresh_from_db()
    rooms = [Room.objects.create(slug=f"bench-{n}", name_ar=f"قاعة {n}", name_fr=f"Salle {n}", order=n) for n in range(ROOMS)]
    speakers = [
        Speaker.objects.create(slug=f"bench-{n}", name_ar=f"متدخلة {n}", name_fr=f"Intervenante {n}") for n in range(SPEAKERS)
    ]
    themes = list(Theme.objects.all())
    for number, (day, slot, room) in enumerate(product(range(DAYS), range(SLOTS), rooms)):
        start = FIRST + datetime.timedelta(days=day, minutes=90 * slot)
        session = SessionPage(
            title=f"الجلسة {number}: كيف نكتب عريضة تجد جوابا عند الجماعة",
            slug=f"bench-{number}",
            summary="نقاش حول ممارسة ناجحة في النقل المدرسي، ما الذي طُلب وما الذي تحقق، وكيف يمكن إعادتها في جماعة أخرى.",
            kind=SessionKind.THEMATIC,
            starts_at=start,
            ends_at=start + LONG,
            room=room,
        )
        workshop.add_child(instance=session)
        for order in range(2):
            SessionSpeaker.objects.create(page=session, speaker=speakers[(number * 2 + order) % SPEAKERS], sort_order=order)
        session.themes = [themes[number % len(themes)], themes[(number + 1) % len(themes)]]
        session.save_revision().publish()
    return SessionPage.objects.child_of(workshop).live().count()
