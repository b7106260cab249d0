"""What every response carries."""

import pytest
from bs4 import BeautifulSoup


@pytest.mark.parametrize("path", ["/ar/", "/fr/practices/", "/en/search/", "/fr/account/login/", "/ar/nothing/"])
def test_public_pages_allow_no_inline_code_and_no_third_party(portal_site, client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_cms_which_brings_inline_code_has_no_policy(portal_site, client, facilitator):
    client.force_login(facilitator)
    response = client.get("/cms/")
    assert response.status_code == 200
    assert "Content-Security-Policy" not in response.headers


@pytest.mark.parametrize("path", ["/fr/", "/cms/login/"])
def test_camera_place_and_microphone_are_refused_everywhere(portal_site, client, path):
    assert client.get(path).headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"


def test_a_page_has_no_inline_script_style_or_handler(portal_site, client):
    html = BeautifulSoup(client.get("/ar/").content, "html.parser")
    assert not [script for script in html("script") if not script.get("src")]
    assert not html("style")
    assert not html.find_all(lambda tag: any(name.startswith("on") or name == "style" for name in tag.attrs))
