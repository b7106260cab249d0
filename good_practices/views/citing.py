"""A practice's citation as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from good_practices.citing import Citation, citation_of
from good_practices.views.lookup import public_practice
from portal.base.conditional import conditional


@require_safe
def cite_bibtex(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Return the citation as BibTeX."""
    citation = _citation(request, slug)
    return conditional(request, citation.bibtex.encode(), "application/x-bibtex; charset=utf-8", filename=f"{citation.key}.bib")


@require_safe
def cite_csl(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Return the citation as CSL-JSON."""
    citation = _citation(request, slug)
    return conditional(
        request, citation.csl_json.encode(), "application/vnd.citationstyles.csl+json", filename=f"{citation.key}.json"
    )


def _citation(request: HttpRequest, slug: str) -> Citation:
    page = public_practice(slug)
    return citation_of(page, page.get_full_url(request) or "")
