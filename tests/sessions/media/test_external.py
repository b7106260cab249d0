"""Addresses of videos elsewhere: one form for each place, nothing that follows visitors."""

import pytest
from django.core.exceptions import ValidationError

from sessions.media.external import parse


@pytest.mark.parametrize(
    ("address", "provider", "watch", "at_90"),
    [
        *(
            (
                address,
                "YouTube",
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90s",
            )
            for address in (
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ&feature=share&si=TRACK",
                "https://youtu.be/dQw4w9WgXcQ?si=TRACK",
                "https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
                "https://www.youtube.com/live/dQw4w9WgXcQ?feature=shared",
                "  https://YouTube.com/shorts/dQw4w9WgXcQ ",
            )
        ),
        ("https://vimeo.com/76979871?share=copy", "Vimeo", "https://vimeo.com/76979871", "https://vimeo.com/76979871#t=90s"),
        (
            "https://player.vimeo.com/video/76979871?h=8272103f6e",
            "Vimeo",
            "https://vimeo.com/76979871/8272103f6e",
            "https://vimeo.com/76979871/8272103f6e#t=90s",
        ),
        (
            "https://tube.example.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d?autoplay=1",
            "PeerTube (tube.example.org)",
            "https://tube.example.org/w/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            "https://tube.example.org/w/9c9de5e8-0a1e-484a-b099-e80766180a6d?start=90s",
        ),
        (
            "https://www.example.org/film?id=3&utm_source=mail&fbclid=x#top",
            "example.org",
            "https://www.example.org/film?id=3",
            "https://www.example.org/film?id=3",
        ),
        (
            "https://vimeo.com/channels/staffpicks",
            "vimeo.com",
            "https://vimeo.com/channels/staffpicks",
            "https://vimeo.com/channels/staffpicks",
        ),
    ],
)
def test_addresses(address, provider, watch, at_90):
    video = parse(address)
    assert (video.provider, video.watch_url, video.at(90.7), video.at(0)) == (provider, watch, at_90, watch)
    assert parse(video.watch_url) == video


@pytest.mark.parametrize(
    "address",
    [
        "",
        "video",
        "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "javascript:alert(1)",
        "//youtube.com/watch?v=dQw4w9WgXcQ",
        "https://",
        "https://[bad/watch",
        "https://user:secret@example.org/v",
        "https://example.org/a b",
        "https://example.org/\ud800",
        "https://example.org/\0",
        "https://example.org/" + "a" * 1_000_000,
        "ftp://example.org/v",
    ],
)
def test_what_is_no_public_address_is_refused(address):
    with pytest.raises(ValidationError):
        parse(address)


@pytest.mark.parametrize("address", ["https://www.youtube.com/watch?v=%22%3E%3Cscript%3E", "https://youtu.be/../../x"])
def test_a_forged_video_number_is_not_taken_for_one(address):
    assert parse(address).provider != "YouTube"
