"""Numbers at the limits of profiles, and digits of answers that nobody need ask, in the columns of points."""

from __future__ import annotations

import math

import pytest

from tests.bulk.support import queried
from triage.assessment.likeness import likeness_of, table_of
from triage.bulk.assessment.likeness import Likenesses
from triage.bulk.assessment.truths import Truths
from triage.bulk.sql import digits
from triage.bulk.sql.columns import CASE_ID, answer_columns
from triage.bulk.sql.database import connect
from triage.bulk.sql.program import Program
from triage.cases import complete_facts


def _around(limit: float) -> list[float]:
    return [math.nextafter(limit, -math.inf), limit, math.nextafter(limit, math.inf)]


def test_numbers_at_and_beside_every_limit_count_as_defined(kb):
    finding, spreads = max(table_of(kb).numbers.items(), key=lambda one: len(one[1]))
    limits = {limit for spread in spreads.values() for limit in (*spread.half, *spread.most)}
    cases = [{finding: value} for limit in sorted(limits) for value in _around(limit)]

    def sql(source, given):
        program = Program([CASE_ID, *answer_columns(kb)])
        likenesses = Likenesses(Truths(kb, program, given))
        return program.select(source, {name: likenesses.points(name) for name in kb.disorders}, [CASE_ID])

    # What a number implies is told with it.
    for facts, row in zip(cases, queried(kb, cases, sql), strict=True):
        expected = likeness_of(kb, complete_facts(kb, facts))
        assert {name: row[name] for name in spreads} == {name: expected.get(name, 0) for name in spreads}


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("digit", digits.CONSTANTS)
def test_only_what_is_true_raises_its_bit(digit, place):
    sql = f"SELECT {digits.raised(digit, place)}, {digits.raised('d', place)} FROM (SELECT {digits.tiny(digit)} AS d)"
    expected = 2**place if digit == digits.TRUE else 0
    assert connect().execute(sql).fetchone() == (expected, expected)
