"""Rich text and blocks as plain text."""

import json

from portal.base.blocks import BodyBlock
from portal.base.richtext import plain_text, stored_text, stream_text


def test_tags_are_left_out_and_words_stay_apart():
    assert plain_text("<p>الماء</p><ul><li>أول</li><li>ثان &amp; <b>ثالث</b></li></ul>") == "الماء أول ثان & ثالث"


def test_what_looks_like_a_tag_in_the_text_stays_text():
    assert plain_text("<p>1 &lt; 2</p>") == "1 < 2"


def test_nothing_is_nothing():
    assert plain_text("") == ""


def test_a_stream_is_one_line_a_block():
    quote = {"text": "Toujours écrire", "source": "Aïcha"}
    stream = BodyBlock().to_python(
        [
            {"type": "heading", "value": "Le problème"},
            {"type": "paragraph", "value": "<p>Pas d’<b>eau</b></p><p>ni de route</p>"},
            {"type": "quote", "value": quote},
        ]
    )
    assert stream_text(stream).split("\n") == ["Le problème", "Pas d’eau ni de route", "Toujours écrire", "Aïcha"]


def test_a_stored_stream_is_read_as_its_readers_read_it():
    blocks = [
        {"type": "heading", "value": "Title", "id": "1"},
        {"type": "paragraph", "value": "<p>One <b>bold</b> &amp; two</p><ul><li>three</li><li>four</li></ul>", "id": "2"},
        {"type": "quote", "value": {"text": "said", "source": "her"}, "id": "3"},
        {"type": "list", "value": [{"type": "item", "value": "five", "id": "5"}], "id": "4"},
    ]
    assert stored_text(json.dumps(blocks)).splitlines() == ["Title", "One bold & two", "three", "four", "said", "her", "five"]
    assert stored_text("") == ""
