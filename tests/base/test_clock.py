"""The one clock, which tests and previews drive."""

import datetime

import pytest
from django.utils import timezone

from portal.base import clock

THEN = datetime.datetime(2020, 11, 23, 9, 30, tzinfo=datetime.UTC)


def test_at_sets_the_moment_and_gives_it_back():
    with clock.at(THEN):
        assert clock.now() == THEN
    assert clock.now() > THEN


def test_an_inner_moment_hides_the_outer_one_for_a_while():
    with clock.at(THEN):
        with clock.at(THEN + datetime.timedelta(days=1)):
            assert clock.now().day == 24
        assert clock.now().day == 23


def test_the_moment_is_given_back_after_an_error():
    with pytest.raises(LookupError), clock.at(THEN):
        raise LookupError
    assert clock.now() != THEN


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.at(THEN.replace(tzinfo=None)):
        pass


def test_the_present_is_aware():
    assert timezone.is_aware(clock.now())
