"""Rules changed one by one: a change that no case notices shows where a mistake could stand unseen.

Each change is small, as a slip of the hand would be. A case notices it if an expectation that it met before is broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import assert_never

from triage.errors import Place
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
    YesNo,
    children,
    evaluate,
    named_findings,
    named_rules,
    to_text,
)
from triage.models import KnowledgeBase, Rule
from triage.workbench.coverage import KINDS, moved, step_of
from triage.workbench.worked_cases import WorkedCase


@dataclass(frozen=True, slots=True)
class Mutation:
    """One rule with a small change."""

    rule: str
    kind: str
    place: Place
    change: str
    expr: Expr


def mutations_of(kb: KnowledgeBase, rule: Rule) -> Iterator[Mutation]:
    """Every small change of a rule, of a kind that cases decide, that gives another expression."""
    seen: set[Expr] = {rule.expr}
    for before, after, expr in _variants(kb, rule.expr):
        if expr not in seen:
            seen.add(expr)
            told = f"`{to_text(before, rule.owner)}` -> `{to_text(after, rule.owner)}`"
            yield Mutation(rule.id, KINDS[rule.kind], rule.place, told, expr)


def all_mutations(
    kb: KnowledgeBase, ids: Iterable[str] = (), kinds: Iterable[str] = tuple(KINDS.values())
) -> list[Mutation]:
    """The changes of all rules, or of those named by their own id or that of what they belong to."""
    names, wanted = {kb.aliases.get(name, name) for name in ids}, set(kinds)
    return [
        mutation
        for rule in kb.rules.values()
        if rule.kind in KINDS
        and KINDS[rule.kind] in wanted
        and (not names or {rule.id, rule.owner, rule.owner.split(".")[0]} & names)
        for mutation in mutations_of(kb, rule)
    ]


def sample_of(mutations: Sequence[Mutation], size: int, seed: int) -> list[Mutation]:
    """At most ``size`` of the changes, drawn by ``seed``, in their order."""
    if size >= len(mutations):
        return list(mutations)
    return [mutations[index] for index in sorted(Random(seed).sample(range(len(mutations)), size))]


def _variants(kb: KnowledgeBase, expr: Expr) -> Iterator[tuple[Expr, Expr, Expr]]:
    """The part as it stands, the part changed, and the whole expression with it."""
    for after in _changed(kb, expr):
        yield expr, after, after
    for index, child in enumerate(children(expr)):
        for before, after, changed in _variants(kb, child):
            yield before, after, _with(expr, index, changed)


def _changed(kb: KnowledgeBase, expr: Expr) -> Iterator[Expr]:
    match expr:
        case Compare(finding, op, value):
            step = step_of(kb, expr)
            low, high = kb.findings[finding].limits
            for bound in (moved(float(value), -step), moved(float(value), step)):
                if low <= bound <= high:
                    yield Compare(finding, op, int(bound) if bound == int(bound) else bound)
        case IsChoice(finding, choices):
            others = [one for one in kb.findings[finding].choices if one not in choices]
            for place, choice in enumerate(choices):
                rest = choices[:place] + choices[place + 1 :]
                if others:
                    yield IsChoice(finding, (*rest, others[(place + _at(kb, finding, choice)) % len(others)]))
                if rest:
                    yield IsChoice(finding, rest)
            yield Not(expr)
        case HasChoice(finding, choice):
            others = [one for one in kb.findings[finding].choices if one != choice]
            if others:
                yield HasChoice(finding, others[_at(kb, finding, choice) % len(others)])
            yield Not(expr)
        case Not(arg):
            yield arg
        case And(args):
            yield Or(args)
            yield from (_joined(And, args, index) for index in range(len(args)))
        case Or(args):
            yield And(args)
            yield from (_joined(Or, args, index) for index in range(len(args)))
        case AtLeast(count, args):
            yield from (AtLeast(n, args) for n in (count - 1, count + 1) if 1 <= n <= len(args))
            if count < len(args):
                yield from (AtLeast(count, args[:i] + args[i + 1 :]) for i in range(len(args)))
        case YesNo() | NoChoice() | ComparePair() | Ref():
            yield Not(expr)
        case _:
            assert_never(expr)


def _at(kb: KnowledgeBase, finding: str, choice: str) -> int:
    return list(kb.findings[finding].choices).index(choice)


def _joined(kind: type[And] | type[Or], args: tuple[Expr, ...], dropped: int) -> Expr:
    rest = args[:dropped] + args[dropped + 1 :]
    return rest[0] if len(rest) == 1 else kind(rest)


def _with(expr: Expr, index: int, child: Expr) -> Expr:
    match expr:
        case Not():
            return Not(child)
        case And(args):
            return And((*args[:index], child, *args[index + 1 :]))
        case Or(args):
            return Or((*args[:index], child, *args[index + 1 :]))
        case AtLeast(count, args):
            return AtLeast(count, (*args[:index], child, *args[index + 1 :]))
        case _:
            return child


def redecided(
    kb: KnowledgeBase, rule: str, expr: Expr, facts: Facts, truths: Mapping[str, Truth]
) -> dict[str, Truth]:
    """The truths that would be others if ``rule`` said ``expr``, with those of the rules that rest on it.

    ``facts`` hold the implied ones and ``truths`` may lack those that are unknown. Not for guards, which change the
    facts themselves.
    """
    changed: dict[str, Truth] = {}
    truth = evaluate(expr, facts, truths)
    if truth is truths.get(rule, Truth.UNKNOWN):
        return changed
    changed[rule] = truth
    now = {**truths, rule: truth}
    for other in dependents(kb, rule):
        truth = evaluate(kb.exprs[other], facts, now)
        if truth is not truths.get(other, Truth.UNKNOWN):
            now[other] = changed[other] = truth
    return changed


def dependents(kb: KnowledgeBase, rule: str) -> list[str]:
    """The rules that rest on a rule, directly or through others, each after those it refers to."""
    found: set[str] = set()
    todo = [*kb.readers.get(rule, ())]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += kb.readers.get(name, ())
    return sorted(found, key=lambda name: kb.positions[name])


class Watch:
    """The cases as watchmen over the rules; each case's own outcome is worked out once."""

    def __init__(self, kb: KnowledgeBase, cases: Sequence[WorkedCase]) -> None:
        self.kb = kb
        self.cases = [case for case in cases if case.rule_case.expect.model_fields_set]
        self.answered: dict[str, list[int]] = {}
        for number, case in enumerate(self.cases):
            for finding in case.facts:
                self.answered.setdefault(finding, []).append(number)
        self.findings = cache(self._findings)
        self.met = cache(self._met)

    def notices(self, mutation: Mutation) -> bool:
        """Whether some case tells the changed rule from the one that stands."""
        # A rule none of whose findings is answered is unknown however it is changed.
        touched = {n for name in self.findings(mutation.rule) for n in self.answered.get(name, ())}
        touched |= {n for name in named_findings(mutation.expr) for n in self.answered.get(name, ())}
        named = {n for n in touched if self._names(n, mutation.rule)}
        return any(self._tells(n, mutation) for n in (*sorted(named), *sorted(touched - named)))

    def _tells(self, number: int, mutation: Mutation) -> bool:
        case = self.cases[number]
        changed = redecided(self.kb, mutation.rule, mutation.expr, case.facts, case.truths)
        if not changed:
            return False
        after = self.cases[number].outcome.changed(changed)
        return bool(after.broken(case.rule_case.expect) - self.met(number))

    def _met(self, number: int) -> frozenset[tuple[str, str]]:
        return self.cases[number].outcome.broken(self.cases[number].rule_case.expect)

    def _names(self, number: int, rule: str) -> bool:
        """Whether the case names the rule itself, and so is tried first."""
        owner = self.kb.rules[rule].owner
        return any(name in (rule, owner) for name, _ in self.cases[number].asserted)

    def _findings(self, rule: str) -> frozenset[str]:
        expr = self.kb.exprs[rule]
        return named_findings(expr).union(*(self.findings(other) for other in named_rules(expr)))
