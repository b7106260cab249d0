"""Videos that stay where they are: recognised by their address, opened only when somebody follows the link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

MOST_CHARACTERS = 500
_YOUTUBE_HOSTS = {
    "youtube.com",
    "www.youtube.com",
    "m.youtube.com",
    "music.youtube.com",
    "youtube-nocookie.com",
    "www.youtube-nocookie.com",
}
_VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|igsh|igshid|mc_[ce]id|si|feature|pp|ab_channel|ref|ref_src|share|source_ve_path)$", re.IGNORECASE
)
_YOUTUBE_ID = re.compile(r"[\w-]{6,20}")
_PEERTUBE = re.compile(r"^/(?:w|videos/watch|videos/embed)/([\w-]{6,40})/?$")
_WELL_FORMED = URLValidator(schemes=["https"])


@dataclass(frozen=True, slots=True)
class ExternalVideo:
    """A video at another place: `provider` is its name for people, `watch_url` its page, without what follows visitors around."""

    provider: str
    watch_url: str
    start_parameter: str = ""

    def at(self, seconds: float) -> str:
        """Return the address that opens the video at a moment, where the place can do that; else its page."""
        if not self.start_parameter or seconds < 1:
            return self.watch_url
        if self.start_parameter == "#t":
            return f"{self.watch_url}#t={int(seconds)}s"
        return f"{self.watch_url}{'&' if '?' in self.watch_url else '?'}{self.start_parameter}={int(seconds)}s"


def parse(address: str) -> ExternalVideo:
    """Return the video at an address: YouTube's, Vimeo's or PeerTube's forms made one, any other kept without tracking.

    Raises ValidationError for what is no https address.
    """
    address = address.strip()
    if len(address) > MOST_CHARACTERS:
        raise ValidationError(_("This address is too long."))
    try:
        if not address.isprintable():
            raise ValueError(address)
        _WELL_FORMED(address)
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except (ValidationError, ValueError):
        raise ValidationError(_("Write the whole address of the video, beginning with https://.")) from None
    if parts.username or parts.password:
        raise ValidationError(_("An address with a password cannot be public."))
    query = parse_qs(parts.query)
    found = _youtube(host, parts.path, query) or _vimeo(host, parts.path, query) or _peertube(parts.netloc, parts.path)
    return found or ExternalVideo(host.removeprefix("www."), _without_tracking(address))


def _youtube(host: str, path: str, query: dict[str, list[str]]) -> ExternalVideo | None:
    if host == "youtu.be":
        identifier = path.strip("/")
    elif host in _YOUTUBE_HOSTS:
        kind, _slash, rest = path.strip("/").partition("/")
        identifier = query.get("v", [""])[0] if kind == "watch" else rest if kind in ("embed", "live", "shorts", "v") else ""
    else:
        return None
    if not _YOUTUBE_ID.fullmatch(identifier):
        return None
    return ExternalVideo("YouTube", f"https://www.youtube.com/watch?v={identifier}", "t")


def _vimeo(host: str, path: str, query: dict[str, list[str]]) -> ExternalVideo | None:
    found = re.fullmatch(r"/(?:video/)?(\d{5,12})(?:/([0-9a-f]{8,12}))?/?", path)
    if host not in _VIMEO_HOSTS or not found:
        return None
    secret = found[2] or query.get("h", [""])[0]  # what opens an unlisted video
    tail = f"/{secret}" if re.fullmatch(r"[0-9a-f]{8,12}", secret) else ""
    return ExternalVideo("Vimeo", f"https://vimeo.com/{found[1]}{tail}", "#t")


def _peertube(netloc: str, path: str) -> ExternalVideo | None:
    """Any host may be a PeerTube: it is known by the form of its addresses."""
    found = _PEERTUBE.match(path)
    return ExternalVideo(f"PeerTube ({netloc.lower()})", f"https://{netloc.lower()}/w/{found[1]}", "start") if found else None


def _without_tracking(address: str) -> str:
    parts = urlsplit(address)
    kept = [(name, value) for name, values in parse_qs(parts.query, keep_blank_values=True).items() for value in values]
    query = urlencode([(name, value) for name, value in kept if not _TRACKING.match(name)])
    return parts._replace(netloc=parts.netloc.lower(), query=query, fragment="").geturl()
