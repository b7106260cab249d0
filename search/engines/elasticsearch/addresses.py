"""What `ELASTICSEARCH_URL` says: the nodes, who asks, and whom to trust."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from search.engines.base import EngineUnavailableError

_FINGERPRINT = 64
"""Hexadecimal digits of the SHA-256 of a certificate."""


def client_arguments(urls: Sequence[str]) -> dict[str, Any]:
    """Return the arguments of the client: `hosts`, and `basic_auth` or `api_key`, `ca_certs` or `ssl_assert_fingerprint`.

    An address is `https://user:password@host:9200/prefix?api_key=…&ca_certs=/path&fingerprint=…` (RFC 3986, special characters
    as %XX), all but scheme, host and port optional. What one address says beside its host holds for all. Raises
    EngineUnavailableError with one line that says what to mend, and no secret.
    """
    arguments: dict[str, Any] = {"hosts": []}
    for place, url in enumerate(urls, 1):
        parts = _split(url, place)
        arguments["hosts"].append(_host(parts, place))
        for name, value in {**_credentials(parts, place), **_options(parts, place)}.items():
            if arguments.setdefault(name, value) != value:
                raise _wrong(place, f"says another {_NAMES[name]} than one before")
    if "basic_auth" in arguments and "api_key" in arguments:
        raise EngineUnavailableError("ELASTICSEARCH_URL has both a password and an api_key: give one of them.")
    if "ca_certs" in arguments and "ssl_assert_fingerprint" in arguments:
        raise EngineUnavailableError("ELASTICSEARCH_URL has both ca_certs and a fingerprint: give one of them.")
    return arguments


_NAMES = {"basic_auth": "user or password", "api_key": "api_key", "ca_certs": "ca_certs", "ssl_assert_fingerprint": "fingerprint"}


def _wrong(place: int, what: str) -> EngineUnavailableError:
    return EngineUnavailableError(f"ELASTICSEARCH_URL: address {place} {what}.")


def _split(url: str, place: int) -> SplitResult:
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise _wrong(place, "holds spaces or characters that have to be written as %XX")
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port
    except ValueError:  # no number, or half an IPv6 address
        whole = False
    if not whole:
        raise _wrong(place, "needs http or https, a host and a port (https://host:9200)")
    if parts.fragment:
        raise _wrong(place, "has a # that has to be written as %23")
    return parts


def _host(parts: SplitResult, place: int) -> str:
    """Return an address without what is secret."""
    if "@" in parts.path:
        raise _wrong(place, "has a / or @ in its password that has to be written as %2F or %40")
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"


def _credentials(parts: SplitResult, place: int) -> Mapping[str, tuple[str, str]]:
    userinfo, is_there, _host_and_port = parts.netloc.rpartition("@")
    if not is_there:
        return {}
    if "@" in userinfo:
        raise _wrong(place, "has an @ in its password that has to be written as %40")
    user, _colon, password = (unquote(part) for part in userinfo.partition(":"))
    if not (user and password):
        raise _wrong(place, "needs both a user and a password before the @")
    return {"basic_auth": (user, password)}


def _options(parts: SplitResult, place: int) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for pair in filter(None, parts.query.split("&")):
        name, _equals, value = (unquote(part) for part in pair.partition("="))
        if name not in _READERS:
            raise _wrong(place, "may say api_key, ca_certs and fingerprint after its ?, and nothing else")
        if name != "api_key" and parts.scheme != "https":
            raise _wrong(place, f"says {name}, which needs https")
        argument, read = _READERS[name]
        found[argument] = read(value, place)
    return found


def _api_key(value: str, place: int) -> str | tuple[str, str]:
    """Return a key as Elasticsearch gives it: encoded, or `id:api_key`."""
    if not value or not (value.isascii() and value.isprintable()) or " " in value:
        raise _wrong(place, "has no usable api_key (write + as %2B)")
    identifier, colon, key = value.partition(":")
    return (identifier, key) if colon else value


def _ca_certs(value: str, place: int) -> str:
    try:
        with Path(value).open("rb"):
            return value
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise _wrong(place, f"names ca_certs that cannot be read ({value[:200]!r}: {reason})") from error


def _fingerprint(value: str, place: int) -> str:
    digits = value.replace(":", "").lower()
    if len(digits) != _FINGERPRINT or set(digits) - set("0123456789abcdef"):
        raise _wrong(place, "has a fingerprint that is not a SHA-256 in 64 hexadecimal digits")
    return digits


_READERS = {
    "api_key": ("api_key", _api_key),
    "ca_certs": ("ca_certs", _ca_certs),
    "fingerprint": ("ssl_assert_fingerprint", _fingerprint),
}
