"""Expression trees back to text; printing and parsing gives the same tree."""

from __future__ import annotations

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
    Or,
    Ref,
    YesNo,
)


def to_text(expr: Expr, scope: str = "") -> str:
    """The expression as written in ``rules/``; ids that begin with ``scope.`` lose that part, as inside a disorder."""
    match expr:
        case YesNo(finding):
            return finding
        case Compare(finding, op, value):
            return f"{finding} {op} {value!r}"
        case IsChoice(finding, (choice,)):
            return f"{finding} == {choice}"
        case IsChoice(finding, choices):
            return f"{finding} in ({', '.join(choices)})"
        case HasChoice(finding, choice):
            return f"{choice} in {finding}"
        case NoChoice(finding):
            return f"none in {finding}"
        case ComparePair(left, op, right):
            return f"{left} {op} {right}"
        case Ref(rule):
            return rule.removeprefix(f"{scope}.") if scope else rule
        case Not(arg):
            return f"not {_operand(arg, scope)}"
        case And(args):
            return " and ".join(_operand(arg, scope) for arg in args)
        case Or(args):
            return " or ".join(_operand(arg, scope) for arg in args)
        case AtLeast(count, args):
            return f"at_least({count}, {', '.join(to_text(arg, scope) for arg in args)})"
        case _:
            assert_never(expr)


def _operand(expr: Expr, scope: str) -> str:
    text = to_text(expr, scope)
    return f"({text})" if isinstance(expr, And | Or) else text
