"""Why a rule is true, false or unknown: the facts it rests on and the rules between, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    Truth,
    World,
    YesNo,
    evaluate,
    findings_of,
    pending_findings,
)


@dataclass(frozen=True, slots=True)
class Derivation:
    """One rule with its truth, the given findings that decide it, and the rules it rests on.

    ``used`` names findings whose answers decide the rule directly; ``missing`` those that could still decide it.
    """

    rule: str
    truth: Truth
    used: tuple[str, ...]
    missing: tuple[str, ...]
    rests_on: tuple[Derivation, ...]

    def all_used(self) -> frozenset[str]:
        """The deciding findings of this rule and of every rule it rests on."""
        return frozenset(self.used).union(*(part.all_used() for part in self.rests_on))


def derive(world: World, rule: str) -> Derivation:
    """Why ``rule`` has its truth in this case."""
    expr = world.rules[rule]
    truth = world.truths[rule]
    if truth is Truth.UNKNOWN:
        return Derivation(rule, truth, (), tuple(sorted(pending_findings(expr, world))), ())
    used: set[str] = set()
    parts: dict[str, Derivation] = {}
    for node in deciding(expr, world):
        if isinstance(node, Ref):
            parts[node.rule] = derive(world, node.rule)
        elif not isinstance(node, Not | And | Or | AtLeast):
            used.update(findings_of(node))
    return Derivation(rule, truth, tuple(sorted(used)), (), tuple(parts[name] for name in sorted(parts)))


def deciding(expr: Expr, world: World) -> Iterator[Expr]:
    """The atoms and references whose truths suffice to decide ``expr``; nothing if it is unknown."""
    truth = evaluate(expr, world.facts, world.truths)
    if truth is Truth.UNKNOWN:
        return
    match expr:
        case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair() | Ref():
            yield expr
        case Not(arg):
            yield from deciding(arg, world)
        case And(args) | Or(args):
            # One false part decides an `and`, one true part an `or`; otherwise every part is needed.
            enough = Truth.FALSE if isinstance(expr, And) else Truth.TRUE
            alike = [arg for arg in args if evaluate(arg, world.facts, world.truths) is truth]
            for arg in alike[:1] if truth is enough else alike:
                yield from deciding(arg, world)
        case AtLeast(count, args):
            alike = [arg for arg in args if evaluate(arg, world.facts, world.truths) is truth]
            for arg in alike[:count] if truth is Truth.TRUE else alike:
                yield from deciding(arg, world)
        case _:
            assert_never(expr)
