"""Which answers could still change an expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from triage.logic.evaluation import evaluate
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
    findings_of,
)
from triage.logic.interval import Interval
from triage.logic.truth import Truth
from triage.logic.vocabulary import Facts


@dataclass(frozen=True, slots=True)
class World:
    """One case as expressions see it: its facts, the truths drawn from them, and what rules and guards say."""

    facts: Facts
    truths: Mapping[str, Truth]
    rules: Mapping[str, Expr]
    guards: Mapping[str, Expr] = field(default_factory=dict)


def pending_findings(
    expr: Expr, world: World, of_rule: Callable[[str], frozenset[str]] | None = None
) -> frozenset[str]:
    """Findings whose answer could still change ``expr``; empty once it is decided.

    ``of_rule`` gives those of a rule referred to, for callers that keep them.

    A finding whose guard is false is not applicable and never pending; while its guard is unknown the findings
    of the guard are pending too, since they decide what is implied.
    """
    if evaluate(expr, world.facts, world.truths) is not Truth.UNKNOWN:
        return frozenset()
    match expr:
        case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair():
            return frozenset().union(*(_pending_finding(finding, world) for finding in findings_of(expr)))
        case Ref(rule):
            if of_rule is not None:
                return of_rule(rule)
            return pending_findings(world.rules[rule], world) if rule in world.rules else frozenset()
        case Not(arg):
            return pending_findings(arg, world, of_rule)
        case And(args) | Or(args) | AtLeast(_, args):
            return frozenset().union(*(pending_findings(arg, world, of_rule) for arg in args))
        case _:
            assert_never(expr)


def _pending_finding(finding: str, world: World) -> frozenset[str]:
    value = world.facts.get(finding)
    # An any_of answer may be given in part, and a number only roughly.
    if value is not None and not isinstance(value, Mapping | Interval):
        return frozenset()  # the answered half of a pair
    guard = world.guards.get(finding)
    if guard is None:
        return frozenset({finding})
    asked = evaluate(guard, world.facts, world.truths)
    if asked is Truth.FALSE:
        return frozenset()
    return frozenset({finding}) | pending_findings(guard, world)
