"""An expression as a phrase for people, with the labels of findings and rules instead of their ids."""

from __future__ import annotations

from typing import assert_never

from triage.explain.words import number_text
from triage.logic import (
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
from triage.models import KnowledgeBase

_OPERATORS: dict[Operator, str] = {
    "<": "less than {}",
    "<=": "at most {}",
    ">": "more than {}",
    ">=": "{} or more",
    "==": "exactly {}",
    "!=": "not {}",
}


def to_words(kb: KnowledgeBase, expr: Expr, scope: str = "") -> str:
    """The expression in words; ids below ``scope`` (a disorder) are named by their letter."""
    match expr:
        case YesNo(finding):
            return kb.findings[finding].label
        case Compare(finding, op, value):
            amount = number_text(float(value), kb.findings[finding].unit)
            return f"{kb.findings[finding].label}: {_OPERATORS[op].format(amount)}"
        case IsChoice(finding, choices):
            entry = kb.findings[finding]
            return f"{entry.label}: {' or '.join(entry.choices[choice].label for choice in choices)}"
        case HasChoice(finding, choice):
            return f"{kb.findings[finding].label}: {kb.findings[finding].choices[choice].label}"
        case NoChoice(finding):
            return f"{kb.findings[finding].label}: none of the list"
        case ComparePair(left, op, right):
            return f"{kb.findings[left].label} {_OPERATORS[op].format(kb.findings[right].label)}"
        case Ref(rule):
            return _rule_words(kb, rule, scope)
        case Not(arg):
            return f"not ({to_words(kb, arg, scope)})"
        case And(args):
            return " and ".join(_operand(kb, arg, scope) for arg in args)
        case Or(args):
            return " or ".join(_operand(kb, arg, scope) for arg in args)
        case AtLeast(count, args):
            return f"at least {count} of: " + "; ".join(_operand(kb, arg, scope) for arg in args)
        case _:
            assert_never(expr)


def _rule_words(kb: KnowledgeBase, rule: str, scope: str) -> str:
    if rule in kb.patterns:
        return kb.patterns[rule].label
    return rule.removeprefix(f"{scope}.").upper() if scope else rule


def _operand(kb: KnowledgeBase, expr: Expr, scope: str) -> str:
    text = to_words(kb, expr, scope)
    return f"({text})" if isinstance(expr, And | Or | AtLeast) else text
