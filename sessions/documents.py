"""How a session becomes a search document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlencode

from django.utils import timezone
from wagtail.query import PageQuerySet

from portal.base.languages import preference
from portal.base.richtext import plain_text, stream_text
from portal.participation.documents import TaggedPageSource
from search.documents import Cue, Document, Variant, register
from sessions.captions.timestamps import plain_seconds
from sessions.models import CaptionTrack, Recording, SessionPage


class SessionSource(TaggedPageSource):
    """The workshop's sessions."""

    type = "session"
    model = SessionPage
    card_template = "sessions/_card.html"

    def public(self) -> PageQuerySet:
        """Return the public sessions with all that is indexed of them."""
        return super().public().prefetch_related("themes", "axes", "session_speakers__speaker__organisation", "materials")

    def cards(self) -> PageQuerySet:
        """Return the public sessions with what a card shows."""
        return SessionPage.objects.published().for_cards()

    def pages(self, keys: Collection[str]) -> Iterable[SessionPage]:
        """Return the public sessions of subjects with their public recordings and what is said in them."""
        recordings: dict[str, list[Recording]] = defaultdict(list)
        for recording in Recording.objects.public().filter(session_key__in=keys).prefetch_related("tracks"):
            recordings[str(recording.session_key)].append(recording)
        for page in super().pages(keys):
            page.recordings = recordings[str(page.translation_key)]
            yield page

    def document(self, key: str, translations: Sequence[SessionPage], tags: Sequence[str]) -> Document:
        """Return the document of a session in all its public languages."""
        page = translations[0]
        facets = {
            "theme": tuple(theme.slug for theme in page.themes.all()),
            "axis": tuple(axis.slug for axis in page.axes.all()),
            "organisation": tuple(one.organisation.slug for one in page.speakers if one.organisation),
            "tag": tuple(tags),
        }
        speech = _speech(translations)
        variants = tuple(_variant(one, speech[one.locale.language_code]) for one in translations)
        return Document(key=key, type=self.type, variants=variants, facets=facets, date=timezone.localdate(page.starts_at))


def _speech(translations: Sequence[SessionPage]) -> dict[str, list[Cue]]:
    """Return language of a page -> what is said in it: where a track's language has no page, the nearest language that has."""
    pages = {page.locale.language_code: page for page in translations}
    speech: dict[str, list[Cue]] = defaultdict(list)
    for recording in translations[0].recordings:
        for track in recording.tracks.all():
            language = next(code for code in preference(track.language) if code in pages)
            speech[language] += _cues(pages[language].url or "", track)
    return speech


def _cues(address: str, track: CaptionTrack) -> Iterable[Cue]:
    """Yield what a track says, each with the address that plays it there and shows it among the rest."""
    for cue in track.cues:
        asked = urlencode({"recording": track.recording_id, "t": plain_seconds(cue["start"]), "transcript": track.language})
        yield Cue(cue["start"], cue["text"], f"{address}?{asked}#recording")


def _variant(page: SessionPage, cues: Iterable[Cue]) -> Variant:
    language = page.locale.language_code
    parts = [
        stream_text(page.body),
        plain_text(page.key_points),
        *(speaker.name_in(language) for speaker in page.speakers),
        *(f"{material.title} {material.description}" for material in page.materials.all()),
    ]
    body = "\n".join(filter(None, parts))
    return Variant(language=language, title=page.title, summary=page.summary, body=body, cues=tuple(cues))


def register_documents() -> None:
    """Make sessions findable."""
    register(SessionSource())
