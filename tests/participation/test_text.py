"""Tags as people write them."""

import pytest
from django.core.exceptions import ValidationError

from portal.participation.domain.tags import TAG_LENGTH, TAGS_AT_ONCE, split_tags


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("ماء، نقل مدرسي", ["ماء", "نقل مدرسي"]),
        ("eau, route", ["eau", "route"]),
        ("eau; route؛ماء\nécole", ["eau", "route", "ماء", "école"]),
        ("#eau, ##route", ["eau", "route"]),
        ("eau,,  eau ,eau\u200b", ["eau"]),
        ("deux    mots", ["deux mots"]),
        ("eau\u202e", ["eau"]),
        ("2024", ["2024"]),
        (",".join(f"t{number}" for number in range(TAGS_AT_ONCE)), [f"t{number}" for number in range(TAGS_AT_ONCE)]),
        ("x" * TAG_LENGTH, ["x" * TAG_LENGTH]),
    ],
)
def test_split_tags(written, tags):
    assert split_tags(written) == tags


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ، , ; ",
        "\u200b,\u202e",
        "###",
        "!!!",
        "<b>gras</b>",
        "eau, a>b",
        "x" * (TAG_LENGTH + 1),
        ",".join(f"t{number}" for number in range(TAGS_AT_ONCE + 1)),
    ],
)
def test_split_tags_refuses(written):
    with pytest.raises(ValidationError):
        split_tags(written)
