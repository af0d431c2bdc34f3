"""Comparisons of numbers as digits: of exact ones, and of those known only to lie between two ends.

What ``logic.compare`` says, in SQL. A table without columns of ends, which is nearly every table, pays nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import assert_never

from triage.bulk.sql import digits
from triage.bulk.sql.columns import part_column
from triage.bulk.sql.program import quoted
from triage.logic import Operator
from triage.models import LEAST, MOST

_OPERATORS = {"==": "=", "!=": "<>"}


@dataclass(frozen=True, slots=True)
class Ends:
    """The SQL of the least and the greatest number that it can be; the same if it is exact."""

    low: str
    high: str
    known: bool = False
    """whether neither is ever NULL"""

    @property
    def exact(self) -> bool:
        """Whether it is one number wherever it is known."""
        return self.low == self.high


def literal(value: float) -> str:
    """A number as a literal of type DOUBLE."""
    return f"CAST({value!r} AS DOUBLE)"


def constant(value: float) -> Ends:
    """A number of a rule."""
    return Ends(literal(value), literal(value), known=True)


def ends_of(finding: str, given: Collection[str]) -> Ends | None:
    """The ends of a finding's number in a table with the columns ``given``; None if none of them tells it."""
    exact = quoted(finding) if finding in given else ""
    sides = []
    for end in (LEAST, MOST):
        column = part_column(finding, end)
        told = [one for one in (exact, quoted(column) if column in given else "") if one]
        sides.append(f"coalesce({', '.join(told)})" if len(told) > 1 else told[0] if told else "")
    if not any(sides):
        return None
    low, high = (side or "CAST(NULL AS DOUBLE)" for side in sides)
    return Ends(low, high)


def compared(left: Ends, op: Operator, right: Ends) -> str:
    """The digit of ``left op right``; unknown where a number is NULL or the ends do not tell."""
    if left.exact and right.exact:
        test = f"{left.low} {_OPERATORS.get(op, op)} {right.low}"
        nothing = [f"{side.low} IS NULL" for side in (left, right) if not side.known]
        return digits.of_boolean(test, " OR ".join(nothing))
    always, never = _tests(left, op, right)
    return f"CASE WHEN {always} THEN {digits.tiny(3)} WHEN {never} THEN {digits.tiny(0)} ELSE {digits.tiny(1)} END"


def _tests(left: Ends, op: Operator, right: Ends) -> tuple[str, str]:
    """When the comparison holds for all numbers between the ends, and when for none."""
    match op:
        case "<":
            return f"{left.high} < {right.low}", f"{left.low} >= {right.high}"
        case "<=":
            return f"{left.high} <= {right.low}", f"{left.low} > {right.high}"
        case ">":
            return _tests(right, "<", left)
        case ">=":
            return _tests(right, "<=", left)
        case "==":
            same = f"{left.low} >= {right.high} AND {left.high} <= {right.low}"
            return same, f"{left.high} < {right.low} OR {left.low} > {right.high}"
        case "!=":
            always, never = _tests(left, "==", right)
            return never, always
        case _:
            assert_never(op)
