"""The recordings as podcasts: RSS 2.0 with the iTunes and podcast namespaces, one of audio and one of video."""

from __future__ import annotations

import datetime
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext

from portal.base.languages import best_translations
from portal.base.text import writable
from sessions.enums import RenditionKind
from sessions.models import Recording, Rendition, SessionPage, WorkshopPage

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM}
_PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid, as its specification gives it."""

KINDS: Mapping[str, Sequence[RenditionKind]] = {
    "audio": (RenditionKind.AUDIO,),
    "video": (RenditionKind.VIDEO_360, RenditionKind.VIDEO_720),
}
"""What a podcast brings, the lightest first: that one is its enclosure, the others are alternatives."""

for _prefix, _name in _NAMESPACES.items():
    ET.register_namespace(_prefix, _name)


@dataclass(frozen=True, slots=True)
class Episode:
    """A recording that has files for the podcast, the session it is of, and those files, the lightest first."""

    session: SessionPage
    recording: Recording
    files: list[Rendition]


@dataclass(frozen=True, slots=True)
class Podcast:
    """What is said of the podcast as a whole. `base` is the site's address, `source` the feed's own, `image` its cover's."""

    workshop: WorkshopPage
    language: str
    medium: str
    base: str
    source: str
    image: str


def episodes(medium: str, language: str) -> list[Episode]:
    """Return the public recordings that have a file for `medium` (a key of `KINDS`), the newest first."""
    kinds = KINDS[medium]
    found = Recording.objects.public().filter(renditions__kind__in=kinds).distinct().order_by("-created_at", "-pk")
    recordings = list(found.prefetch_related("renditions", "tracks", "chapters"))
    pages = SessionPage.objects.published().filter(translation_key__in={one.session_key for one in recordings})
    sessions = best_translations(pages.select_related("locale").defer_streamfields(), language)
    return [
        Episode(session, recording, _files(recording, kinds))
        for recording in recordings
        if (session := sessions.get(str(recording.session_key)))
    ]


def _files(recording: Recording, kinds: Sequence[RenditionKind]) -> list[Rendition]:
    made = {rendition.kind: rendition for rendition in recording.renditions.all()}
    return [made[kind] for kind in kinds if kind in made]


def podcast_rss(podcast: Podcast, found: Sequence[Episode]) -> bytes:
    """Return the feed."""
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    _describe(channel, podcast, found)
    for episode in found:
        _add_episode(channel, podcast, episode)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _describe(channel: ET.Element, podcast: Podcast, found: Sequence[Episode]) -> None:
    page = podcast.workshop
    names = {"audio": gettext("%(title)s – to listen to"), "video": gettext("%(title)s – to watch")}
    title = names[podcast.medium] % {"title": page.title}
    site = gettext("Moucharaka Mouwatina")
    home = f"{podcast.base}{page.get_url()}"
    _add(channel, "title", title)
    _add(channel, "link", home)
    _add(channel, "description", page.summary or title)
    _add(channel, "language", podcast.language)
    _add(channel, "generator", "moucharaka-portal")
    if changed := max((episode.recording.updated_at for episode in found), default=None):
        _add(channel, "lastBuildDate", _rfc822(changed))
    _add(channel, f"{{{ATOM}}}link", "", href=podcast.source, rel="self", type="application/rss+xml")
    image = ET.SubElement(channel, "image")
    for name, text in (("url", podcast.image), ("title", title), ("link", home)):
        _add(image, name, text)
    _add(channel, f"{{{ITUNES}}}author", site)
    _add(channel, f"{{{ITUNES}}}type", "episodic")
    _add(channel, f"{{{ITUNES}}}explicit", "false")
    _add(channel, f"{{{ITUNES}}}image", "", href=podcast.image)
    category = ET.SubElement(channel, f"{{{ITUNES}}}category", {"text": "Government"})
    category.text = None
    parts = urlsplit(podcast.source)
    _add(channel, f"{{{PODCAST}}}guid", str(uuid.uuid5(_PODCAST_GUIDS, f"{parts.netloc}{parts.path}".rstrip("/"))))
    _add(channel, f"{{{PODCAST}}}medium", "video" if podcast.medium == "video" else "podcast")


def _add_episode(channel: ET.Element, podcast: Podcast, episode: Episode) -> None:
    session, recording, file = episode.session, episode.recording, episode.files[0]
    item = ET.SubElement(channel, "item")
    label = f" – {recording.label}" if recording.label else ""
    _add(item, "title", f"{session.title}{label}")
    _add(item, "link", f"{podcast.base}{session.get_url()}")
    _add(item, "guid", f"urn:uuid:{recording.folder}#{podcast.medium}", isPermaLink="false")
    _add(item, "pubDate", _rfc822(recording.created_at))
    _add(item, "description", _words(episode))
    _add(item, "enclosure", "", url=_file_url(podcast, file), length=str(file.size), type=file.content_type)
    for other in episode.files[1:]:
        height = {"height": str(other.height)} if other.height else {}
        facts = {"type": other.content_type, "length": str(other.size), **height}
        parent = ET.SubElement(item, f"{{{PODCAST}}}alternateEnclosure", facts)
        _add(parent, f"{{{PODCAST}}}source", "", uri=_file_url(podcast, other))
    if recording.duration:
        _add(item, f"{{{ITUNES}}}duration", str(round(recording.duration)))
    _add(item, f"{{{ITUNES}}}explicit", "false")
    _add(item, f"{{{ITUNES}}}episodeType", "full")
    for track in recording.tracks.all():
        url = f"{podcast.base}{reverse('recording_captions', args=[session.slug, recording.pk, track.language])}"
        _add(item, f"{{{PODCAST}}}transcript", "", url=url, type="text/vtt", language=track.language, rel="captions")
    if recording.chapters.all():
        url = f"{podcast.base}{reverse('recording_chapters', args=[session.slug, recording.pk])}"
        _add(item, f"{{{PODCAST}}}chapters", "", url=url, type="application/json+chapters")


def _words(episode: Episode) -> str:
    invented = episode.recording.illustrative or episode.session.illustrative
    notice = gettext("Illustrative recording, made to show how the portal works.") if invented else ""
    return "\n\n".join(words for words in (episode.session.summary, notice) if words) or episode.session.title


def _file_url(podcast: Podcast, file: Rendition) -> str:
    url = str(file.file.url)
    return f"{podcast.base}{url}" if url.startswith("/") else url


def _rfc822(moment: datetime.datetime) -> str:
    return format_datetime(moment.astimezone(datetime.UTC), usegmt=True)


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    clean = {key: writable(value) for key, value in attributes.items()}
    ET.SubElement(parent, name, clean).text = writable(text) or None
