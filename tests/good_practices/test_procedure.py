"""The law's order of steps, and its time limits."""

import datetime

import pytest

from good_practices.procedure import Fault, Step, faults, late_by, months_after, notice_due, reply_of

TODAY = datetime.date(2020, 11, 23)


def steps(*kinds, start=datetime.date(2020, 1, 1)):
    return [Step(kind, start + datetime.timedelta(days=10 * place)) for place, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("instrument", "kinds"),
    [
        ("petition", ["filed", "acknowledged", "checked", "accepted", "scheduled", "deliberated", "answered", "carried_out"]),
        ("petition", ["filed", "checked", "rejected"]),
        ("petition", ["filed", "rejected"]),
        ("petition", []),
        ("memorandum", ["filed", "acknowledged", "scheduled", "deliberated", "answered", "carried_out"]),
        ("advisory_opinion", ["filed", "answered"]),
    ],
)
def test_what_the_law_allows(instrument, kinds):
    assert faults(instrument, steps(*kinds), TODAY) == []


@pytest.mark.parametrize(
    ("instrument", "kinds", "found"),
    [
        ("petition", ["filed", "deliberated", "scheduled"], [(2, Fault.OUT_OF_ORDER)]),
        ("petition", ["filed", "rejected", "deliberated"], [(2, Fault.AFTER_REJECTION)]),
        ("petition", ["filed", "accepted", "rejected"], [(2, Fault.AFTER_REJECTION)]),
        ("petition", ["filed", "filed"], [(1, Fault.TWICE)]),
        ("memorandum", ["filed", "rejected"], [(1, Fault.NOT_FOR_INSTRUMENT)]),
        ("proposal", ["filed", "checked", "answered"], [(1, Fault.NOT_FOR_INSTRUMENT)]),
    ],
)
def test_what_cannot_be_is_named_with_its_place(instrument, kinds, found):
    assert faults(instrument, steps(*kinds), TODAY) == found


def test_a_step_does_not_come_before_the_one_that_it_follows():
    wrong = [Step("filed", datetime.date(2020, 3, 1)), Step("acknowledged", datetime.date(2020, 2, 1))]
    assert faults("petition", wrong, TODAY) == [(1, Fault.BEFORE_PREVIOUS)]


def test_a_step_is_not_in_the_future():
    assert faults("petition", [Step("filed", TODAY)], TODAY) == []
    assert faults("petition", [Step("filed", TODAY + datetime.timedelta(days=1))], TODAY) == [(0, Fault.IN_FUTURE)]


@pytest.mark.parametrize(
    ("instrument", "level", "due"),
    [
        ("petition", "commune", datetime.date(2020, 2, 29)),
        ("petition", "province", datetime.date(2020, 1, 30)),
        ("petition", "prefecture", datetime.date(2020, 1, 30)),
        ("petition", "region", datetime.date(2020, 1, 30)),
        ("petition", "", None),
        ("proposal", "commune", None),
    ],
)
def test_the_law_s_limit(instrument, level, due):
    assert notice_due(instrument, level, datetime.date(2019, 11, 30)) == due


def test_months_end_where_they_end():
    assert months_after(datetime.date(2019, 11, 30), 3) == datetime.date(2020, 2, 29)
    assert months_after(datetime.date(2020, 12, 1), 1) == datetime.date(2021, 1, 1)


def test_how_late():
    due = datetime.date(2020, 3, 1)
    assert late_by(due, datetime.date(2020, 3, 11), TODAY) == 10
    assert late_by(due, datetime.date(2020, 2, 1), TODAY) == 0
    assert late_by(due, None, datetime.date(2020, 3, 3)) == 2
    assert late_by(None, None, TODAY) == 0


def test_the_first_word_on_the_substance_is_the_reply():
    assert reply_of(steps("filed", "acknowledged", "checked")) is None
    assert reply_of(steps("filed", "accepted", "deliberated")) == datetime.date(2020, 1, 11)
