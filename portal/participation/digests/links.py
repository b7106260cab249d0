"""The signed links of digests: they need no sign-in, never end, serve one purpose each, and can all be made void by the person.

What a token holds is the key of a row; what it is signed for, and the version of the person's links, go into the signature.
"""

from __future__ import annotations

import hmac
import re

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from portal.participation.models import Digest, Follow
from portal.people.models import User

_STOP, _UNFOLLOW, _BOUNCE = "participation.stop_digests", "participation.unfollow", "participation.bounce"
_KEY = re.compile(r"[0-9]{1,18}")
_BOUNCED = re.compile(r"(?<![0-9a-z])([0-9]{1,18})\.([0-9a-f]{24})(?![0-9a-f])")


def stop_url(person: int, version: int, language: str) -> str:
    """Return the address that stops all digests of a person, absolute."""
    return _url("stop_digests", _signer(_STOP, version).sign(str(person)), language)


def unfollow_url(follow: int, version: int, language: str) -> str:
    """Return the address that stops following one thing, absolute."""
    return _url("stop_following", _signer(_UNFOLLOW, version).sign(str(follow)), language)


def person_of(token: str) -> User | None:
    """Return whose digests a token stops; None where it was forged or made void."""
    person = User.objects.filter(pk=key, is_active=True).first() if (key := _key_of(token)) else None
    return person if person and _is_signed(token, _STOP, person.mail_links) else None


def follow_of(token: str) -> Follow | None:
    """Return what a token stops following; None where it was forged, made void, or is followed no more."""
    follow = Follow.objects.select_related("person").filter(pk=key).first() if (key := _key_of(token)) else None
    return follow if follow and _is_signed(token, _UNFOLLOW, follow.person.mail_links) else None


def bounce_token(digest: int) -> str:
    """Return what tells from a mail that came back which digest it was: it survives being folded to lower case."""
    return f"{digest}.{_bounce_hmac(str(digest), settings.SECRET_KEY)}"


def digest_of(text: str) -> Digest | None:
    """Return the digest whose token stands in `text`, None where there is none of ours."""
    for found in _BOUNCED.finditer(text.lower()):
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        if any(hmac.compare_digest(_bounce_hmac(found[1], secret), found[2]) for secret in secrets):
            return Digest.objects.select_related("person").filter(pk=int(found[1])).first()
    return None


def _bounce_hmac(key: str, secret: str | bytes) -> str:
    return salted_hmac(_BOUNCE, key, secret=secret, algorithm="sha256").hexdigest()[:24]


def _signer(purpose: str, version: int) -> Signer:
    return Signer(salt=f"{purpose}.{version}", sep=".")


def _is_signed(token: str, purpose: str, version: int) -> bool:
    try:
        _signer(purpose, version).unsign(token)
    except BadSignature:
        return False
    return True


def _key_of(token: str) -> int | None:
    key = token.partition(".")[0]
    return int(key) if key.isascii() and _KEY.fullmatch(key) else None


def _url(name: str, token: str, language: str) -> str:
    with override(language):
        return f"{settings.BASE_URL}{reverse(name, args=[token])}"
