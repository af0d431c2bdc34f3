"""Why a rule is true, false or unknown: the given answers it rests on and the rules between, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from triage.logic import (
    And,
    AtLeast,
    Atom,
    Compare,
    ComparePair,
    Expr,
    Facts,
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

    ``used`` names findings whose given answers decide the rule directly, or imply what does; ``missing`` those that
    could still decide it. A rule it rests on differs in truth only below a negation.
    """

    rule: str
    truth: Truth
    used: tuple[str, ...]
    missing: tuple[str, ...]
    rests_on: tuple[Derivation, ...]

    def all_used(self) -> frozenset[str]:
        """The deciding findings of this rule and of every rule it rests on."""
        return frozenset(self.used).union(*(part.all_used() for part in self.rests_on))

    def everything(self) -> Iterator[Derivation]:
        """This derivation and all below it."""
        yield self
        for part in self.rests_on:
            yield from part.everything()


def derive(world: World, given: Facts, rule: str) -> Derivation:
    """Why ``rule`` has its truth in this case, whose own answers are ``given``."""
    expr = world.rules[rule]
    truth = world.truths[rule]
    if truth is Truth.UNKNOWN:
        return Derivation(rule, truth, (), tuple(sorted(pending_findings(expr, world))), ())
    used: set[str] = set()
    parts: dict[str, Derivation] = {}
    for node in deciding(expr, world):
        if isinstance(node, Ref):
            parts.setdefault(node.rule, derive(world, given, node.rule))
        else:
            for finding in findings_of(node):
                used |= _given_behind(world, given, finding)
    return Derivation(rule, truth, tuple(sorted(used)), (), tuple(parts[name] for name in sorted(parts)))


def _given_behind(world: World, given: Facts, finding: str) -> frozenset[str]:
    """The finding itself if it was answered, otherwise the answers that imply its value through guards."""
    if finding in given or finding not in world.guards:
        return frozenset({finding})
    atoms = (node for node in deciding(world.guards[finding], world) if not isinstance(node, Ref))
    return frozenset[str]().union(
        *(_given_behind(world, given, name) for atom in atoms for name in findings_of(atom))
    )


def deciding(expr: Expr, world: World) -> Iterator[Atom | Ref]:
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
