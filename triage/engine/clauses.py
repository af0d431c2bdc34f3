"""Rules as clauses: each clause is one conjunction of positive premises, since experta knows no unknown.

experta's NOT means "never asserted" and its OR is multiplied out. So falsity is a conclusion of its own, drawn by
clauses that follow De Morgan, and an ``or`` or ``at_least`` inside another node becomes a part that is concluded by
itself. What is unknown is asserted neither as true nor as false.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import assert_never

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
    Or,
    Ref,
    YesNo,
    needed,
)
from triage.models import Rule, RuleKind

# Up to so many combinations an `at_least` is written out; beyond, it is counted up one condition at a time.
MOST_COMBINATIONS = 10


@dataclass(frozen=True, slots=True)
class Premise:
    """An answer, a rule or a part of a rule, held true or held false."""

    expr: Expr
    truth: bool = True


Premises = tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """``conclusion`` follows when all ``premises`` are held."""

    conclusion: Premise
    premises: Premises
    rule: str
    """the rule it is part of; a part that several rules share belongs to the first"""
    layer: RuleKind
    implies: str | None = None
    """the finding that need not be asked then and takes its implied value"""


def compile_clauses(
    rules: Mapping[str, Rule],
    goals: Iterable[Premise],
    given: frozenset[str] = frozenset(),
    implied: Iterable[str] = (),
) -> list[Clause]:
    """The clauses needed to conclude ``goals``, lower layers first and parts before what rests on them.

    Rules in ``given`` are concluded elsewhere; ``implied`` names the findings that have a value while their guard is
    false.
    """
    return _Compiler(rules, given, frozenset(implied)).compile(goals)


class _Compiler:
    def __init__(self, rules: Mapping[str, Rule], given: frozenset[str], implied: frozenset[str]) -> None:
        self.rules = rules
        self.given = given
        self.implied = implied
        self.done: set[Premise] = set()
        self.clauses: list[Clause] = []

    def compile(self, goals: Iterable[Premise]) -> list[Clause]:
        for goal in goals:
            assert isinstance(goal.expr, Ref)
            self._conclude(goal, self.rules[goal.expr.rule])
        # The sort is stable: within a layer, parts and rules stay before what rests on them.
        return sorted(self.clauses, key=lambda clause: clause.layer)

    def _conclude(self, goal: Premise, rule: Rule) -> None:
        if goal in self.done:
            return
        self.done.add(goal)
        expr = rule.expr if isinstance(goal.expr, Ref) else goal.expr
        guards = isinstance(goal.expr, Ref) and rule.kind is RuleKind.GUARD and not goal.truth
        implies = rule.owner if guards and rule.owner in self.implied else None
        found = [tuple(dict.fromkeys(premises)) for premises in alternatives(expr, goal.truth)]
        for premises in dict.fromkeys(found):
            for premise in premises:
                self._require(premise, rule)
            self.clauses.append(Clause(goal, premises, rule.id, rule.kind, implies))

    def _require(self, premise: Premise, rule: Rule) -> None:
        match premise.expr:
            case Ref(name):
                if name not in self.given:
                    self._conclude(premise, self.rules[name])
            case Not() | And() | Or() | AtLeast() | NoChoice():
                self._conclude(premise, rule)
            case YesNo() | Compare() | IsChoice() | HasChoice() | ComparePair():
                pass  # an answer
            case _:
                assert_never(premise.expr)


def alternatives(expr: Expr, truth: bool) -> list[Premises]:
    """The conjunctions of which one is needed for ``expr`` to have this truth."""
    match expr:
        case YesNo() | Compare() | IsChoice() | HasChoice() | Ref():
            return [(Premise(expr, truth),)]
        case ComparePair():
            raise ValueError("two findings are compared in contradictions only, which no engine decides")
        case NoChoice(finding, choices):
            return alternatives(Or(tuple(HasChoice(finding, choice) for choice in choices)), not truth)
        case Not(arg):
            return alternatives(arg, not truth)
        case And(args) if truth:
            return [_joined(args, True)]
        case Or(args) if not truth:
            return [_joined(args, False)]
        case And(args) | Or(args):
            return [premises for arg in args for premises in alternatives(arg, truth)]
        case AtLeast(count, args):
            if truth:
                return _counted(count, args)
            # Fewer than `count` can be true once so many are false that too few are left.
            return _counted(needed(expr, holds=False), tuple(Not(arg) for arg in args))
        case _:
            assert_never(expr)


def _counted(count: int, args: tuple[Expr, ...]) -> list[Premises]:
    if count == 1 or count == len(args):
        return alternatives(Or(args) if count == 1 else And(args), True)
    if comb(len(args), count) <= MOST_COMBINATIONS:
        return [_joined(chosen, True) for chosen in combinations(args, count)]
    *before, last = args
    without, with_last = AtLeast(count, tuple(before)), AtLeast(count - 1, tuple(before))
    return [_joined((without,), True), _joined((with_last, last), True)]


def _joined(args: Iterable[Expr], truth: bool) -> Premises:
    return tuple(premise for arg in args for premise in _as_premises(arg, truth))


def _as_premises(expr: Expr, truth: bool) -> Premises:
    """What must be held for ``expr``, in one conjunction; a part where there are several ways."""
    while isinstance(expr, Not):
        expr, truth = expr.arg, not truth
    if isinstance(expr, AtLeast) and len(expr.args) > 1 and 1 < expr.count < len(expr.args):
        return (Premise(expr, truth),)
    ways = alternatives(expr, truth)
    return ways[0] if len(ways) == 1 else (Premise(expr, truth),)
