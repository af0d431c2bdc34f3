"""Answers that cannot both be true: against an implied value, to a finding that does not apply, or against
``contradictions.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from triage.cases.implied import complete_facts
from triage.cases.wording import told
from triage.errors import CaseError
from triage.logic import (
    And,
    AtLeast,
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
    Value,
    YesNo,
    evaluate,
    findings_of,
)
from triage.models import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that cannot stand together, in the order in which they are named, and the sentence that says so."""

    findings: tuple[str, ...]
    text: str
    rule: str = ""
    """id in contradictions.yaml"""

    def error(self) -> CaseError:
        """The conflict as a reason to refuse a case."""
        names = " or ".join(f"`{name}`" for name in self.findings)
        return CaseError(self.text, finding=self.findings[0], hint=f"correct {names}, or leave one out")


def conflicts(kb: KnowledgeBase, facts: Facts) -> list[Conflict]:
    """Everything in ``facts`` that contradicts itself; ``facts`` are validated values."""
    completed = complete_facts(kb, facts)
    return [*_against_guards(kb, facts, completed), *_against_musts(kb, facts)]


def _against_guards(kb: KnowledgeBase, facts: Facts, completed: Facts) -> Iterator[Conflict]:
    for name, guard in kb.guards.items():
        if name not in facts or evaluate(guard, completed) is not Truth.FALSE:
            continue
        given = facts[name]
        if name in kb.implied and _agrees(given, kb.implied[name]):
            continue
        because = sorted(_given_grounds(kb, guard, facts, completed, {name}))
        reasons = " and ".join(told(kb.findings[reason], facts[reason]) for reason in because)
        mine = told(kb.findings[name], given)
        text = f"{mine} does not fit with {reasons}" if reasons else f"{mine} does not apply here"
        yield Conflict((name, *because), text)


def _against_musts(kb: KnowledgeBase, facts: Facts) -> Iterator[Conflict]:
    for rule, must in kb.musts.items():
        given = facts.keys() & kb.named_by_must[rule]
        if given and evaluate(must, facts) is Truth.FALSE:
            names = tuple(sorted(given))
            both = " and ".join(told(kb.findings[name], facts[name]) for name in names)
            said = kb.contradictions[rule].text.rstrip(".")
            yield Conflict(names, f"{both} cannot both be true: {said[:1].lower()}{said[1:]}", rule)


def _agrees(given: Value, implied: Value) -> bool:
    if isinstance(given, Mapping) and isinstance(implied, Mapping):
        return all(implied.get(choice) == answer for choice, answer in given.items())
    return given == implied


def _given_grounds(
    kb: KnowledgeBase, guard: Expr, facts: Facts, completed: Facts, seen: set[str]
) -> set[str]:
    """The given answers that decide a guard, those behind implied values included."""
    found: set[str] = set()
    for name in grounds(guard, completed):
        if name in facts:
            found.add(name)
        elif name in kb.guards and name not in seen:
            found |= _given_grounds(kb, kb.guards[name], facts, completed, seen | {name})
    return found


def grounds(expr: Expr, facts: Facts) -> frozenset[str]:
    """Findings whose values decide ``expr``: of several that would each be enough, those of the first."""
    match expr:
        case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair():
            return frozenset(findings_of(expr))
        case Ref():
            return frozenset()
        case Not(arg):
            return grounds(arg, facts)
        case And(args):
            return _decisive(args, facts, Truth.FALSE)
        case Or(args):
            return _decisive(args, facts, Truth.TRUE)
        case AtLeast(_, args):
            return frozenset().union(*(grounds(arg, facts) for arg in args))
        case _:
            assert_never(expr)


def _decisive(args: tuple[Expr, ...], facts: Facts, enough: Truth) -> frozenset[str]:
    for arg in args:
        if evaluate(arg, facts) is enough:
            return grounds(arg, facts)
    return frozenset().union(*(grounds(arg, facts) for arg in args))
