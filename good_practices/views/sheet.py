"""The sheet of a practice, as a PDF."""

from __future__ import annotations

import hashlib

from django.core.cache import caches
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from good_practices.sheet import draw, sheet_of
from good_practices.views.lookup import public_practice
from portal.base.conditional import conditional

KEPT_SECONDS = 24 * 3600


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Return the sheet. It is drawn once for what stands on it, whoever changed it: the page, a place, a name."""
    page = public_practice(slug)
    content = sheet_of(page, page.get_full_url(request) or "")
    key = f"sheet-{hashlib.sha256(repr(content).encode('utf-8', 'replace')).hexdigest()[:40]}"
    body: bytes | None = caches["files"].get(key)
    if body is None:
        body = draw(content)
        caches["files"].set(key, body, KEPT_SECONDS)
    return conditional(request, body, "application/pdf", filename=f"{page.slug}-{content.language}.pdf")
