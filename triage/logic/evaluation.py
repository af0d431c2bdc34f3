"""``evaluate``, the definition of what an expression means; every engine is compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from triage.logic.expression import (
    And,
    AtLeast,
    Compare,
    ComparePair,
    Expr,
    HasChoice,
    IsChoice,
    NoChoice,
    Not,
    Operator,
    Or,
    Ref,
    YesNo,
)
from triage.logic.truth import Truth, all_of, any_of, at_least, negate, truth
from triage.logic.vocabulary import Facts, Number

NO_TRUTHS: Mapping[str, Truth] = MappingProxyType({})


def evaluate(expr: Expr, facts: Facts, truths: Mapping[str, Truth] = NO_TRUTHS) -> Truth:
    """The truth of ``expr`` from ``facts`` (in the findings' units) and ``truths`` (by rule id).

    What neither of them says is unknown.
    """
    match expr:
        case YesNo(finding):
            value = facts.get(finding)
            return truth(value if isinstance(value, bool) else None)
        case Compare(finding, op, bound):
            return compare(_number(facts, finding), op, bound)
        case IsChoice(finding, choices):
            value = facts.get(finding)
            return truth(value in choices if isinstance(value, str) else None)
        case HasChoice(finding, choice):
            return _choice(facts, finding, choice)
        case NoChoice(finding, choices):
            return negate(any_of(_choice(facts, finding, choice) for choice in choices))
        case ComparePair(left, op, right):
            return compare(_number(facts, left), op, _number(facts, right))
        case Ref(rule):
            return truths.get(rule, Truth.UNKNOWN)
        case Not(arg):
            return negate(evaluate(arg, facts, truths))
        case And(args):
            return all_of(evaluate(arg, facts, truths) for arg in args)
        case Or(args):
            return any_of(evaluate(arg, facts, truths) for arg in args)
        case AtLeast(count, args):
            return at_least(count, (evaluate(arg, facts, truths) for arg in args))
        case _:
            assert_never(expr)


def compare(left: Number | None, op: Operator, right: Number | None) -> Truth:
    """The truth of ``left op right``; unknown if either side is."""
    if left is None or right is None:
        return Truth.UNKNOWN
    match op:
        case "<":
            return truth(left < right)
        case "<=":
            return truth(left <= right)
        case ">":
            return truth(left > right)
        case ">=":
            return truth(left >= right)
        case "==":
            return truth(left == right)
        case "!=":
            return truth(left != right)
        case _:
            assert_never(op)


def _number(facts: Facts, finding: str) -> Number | None:
    value = facts.get(finding)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _choice(facts: Facts, finding: str, choice: str) -> Truth:
    value = facts.get(finding)
    return truth(value.get(choice)) if isinstance(value, Mapping) else Truth.UNKNOWN
