"""Kleene's tables, and a truth that refuses to act as a bool."""

import pytest

from tests.support import table
from triage.logic import Truth, all_of, any_of, at_least, negate, truth

AND = """
    and     | true    unknown false
    true    | true    unknown false
    unknown | unknown unknown false
    false   | false   false   false
"""
OR = """
    or      | true unknown false
    true    | true true    true
    unknown | true unknown unknown
    false   | true unknown false
"""


@pytest.mark.parametrize("left, right, expected", list(table(AND)))
def test_kleene_and(left, right, expected):
    assert all_of([left, right]) is expected


@pytest.mark.parametrize("left, right, expected", list(table(OR)))
def test_kleene_or(left, right, expected):
    assert any_of([left, right]) is expected


def test_unknown_stays_unknown_when_negated():
    assert [negate(value) for value in Truth] == [Truth.TRUE, Truth.UNKNOWN, Truth.FALSE]


def test_a_truth_is_not_a_bool():
    with pytest.raises(TypeError, match="compare it"):
        bool(Truth.FALSE)


def test_nothing_is_all_true_and_not_any_true():
    assert all_of([]) is Truth.TRUE
    assert any_of([]) is Truth.FALSE


@pytest.mark.parametrize(
    "count, values, expected",
    [
        (2, "ttf", Truth.TRUE),
        (2, "tuf", Truth.UNKNOWN),
        (2, "tff", Truth.FALSE),
        (2, "uuu", Truth.UNKNOWN),
        (3, "ttu", Truth.UNKNOWN),
        (3, "tfu", Truth.FALSE),
        (1, "uft", Truth.TRUE),
    ],
)
def test_at_least_counts_what_is_sure_and_what_still_could_be(count, values, expected):
    named = {"t": Truth.TRUE, "u": Truth.UNKNOWN, "f": Truth.FALSE}
    assert at_least(count, [named[value] for value in values]) is expected


def test_no_answer_is_unknown():
    assert [truth(value) for value in (True, False, None)] == [Truth.TRUE, Truth.FALSE, Truth.UNKNOWN]
