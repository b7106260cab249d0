import pytest
from django.utils.translation import override

from portal.base.sizes import duration, file_size


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 kB"),
        (1, "1 kB"),
        (999, "1 kB"),
        (76_400, "76 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (4_240_000, "4.2 MB"),
        (9_960_000, "10 MB"),
        (42_400_000, "42 MB"),
        (2_000_000_000, "2 GB"),
        (12_345_000_000_000, "12,345 GB"),
    ],
)
def test_sizes(size, text):
    with override("en"):
        assert file_size(size) == text


@pytest.mark.parametrize(("language", "number"), [("ar", "4,2"), ("fr", "4,2"), ("en", "4.2")])
def test_sizes_are_written_as_morocco_writes_numbers(language, number):
    with override(language):
        assert number in file_size(4_200_000)


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.6, "1:00"), (125, "2:05"), (3723, "1:02:03")])
def test_durations(seconds, text):
    assert duration(seconds) == text
