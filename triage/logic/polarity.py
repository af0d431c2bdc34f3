"""How an atom stands in an expression: positively (being true can only help) or negated, other rules followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from triage.logic.expression import (
    And,
    AtLeast,
    Atom,
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


def signed_atoms(
    expr: Expr, rules: Mapping[str, Expr], *, positive: bool = True
) -> Iterator[tuple[Atom, bool]]:
    """Every atom with True where it stands positively; referenced rules are expanded from ``rules``."""
    match expr:
        case YesNo() | Compare() | IsChoice() | HasChoice() | ComparePair():
            yield expr, positive
        case NoChoice(finding, choices):
            for choice in choices:
                yield HasChoice(finding, choice), not positive
        case Ref(rule):
            if rule in rules:
                yield from signed_atoms(rules[rule], rules, positive=positive)
        case Not(arg):
            yield from signed_atoms(arg, rules, positive=not positive)
        case And(args) | Or(args) | AtLeast(_, args):
            for arg in args:
                yield from signed_atoms(arg, rules, positive=positive)
        case _:
            assert_never(expr)
