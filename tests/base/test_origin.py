"""Forms of cached pages: only our own pages may send them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from portal.base.origin import from_our_pages, same_origin


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://testserver.example.org"}, False),
        ({"Origin": "null", "Referer": "http://testserver/ar/"}, False),
        ({"Referer": "http://testserver/ar/sessions/"}, True),
        ({"Referer": "http://example.org/?http://testserver/"}, False),
        ({"Origin": "http://[broken"}, False),
        ({}, False),
    ],
)
def test_where_a_form_comes_from(headers, ours):
    assert same_origin(RequestFactory().post("/", headers=headers)) is ours


def test_others_are_refused_before_anything_is_done():
    view = from_our_pages(lambda request: HttpResponse("done"))
    assert view(RequestFactory().post("/", headers={"Sec-Fetch-Site": "same-origin"})).content == b"done"
    with pytest.raises(PermissionDenied):
        view(RequestFactory().post("/"))
    assert view.csrf_exempt
