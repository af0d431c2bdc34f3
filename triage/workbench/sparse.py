"""The truths of a case from the few rules its answers can touch, for tools that decide thousands of cases.

A rule none of whose findings is answered, and none of whose rules is decided, is unknown: there are no constants in
expressions. So only the others are evaluated, by ``logic.evaluate``, in the order of the layers.
"""

from __future__ import annotations

from collections.abc import Mapping

from triage.logic import Expr, Facts, Truth, Value, evaluate, named_findings, named_rules
from triage.models import KnowledgeBase, RuleKind


class Decider:
    """Decides cases like ``assessment.decide``, many times faster on cases with few answers."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.ids = tuple(kb.rules)
        self.position = {id: index for index, id in enumerate(self.ids)}
        self.unknown = dict.fromkeys(self.ids, Truth.UNKNOWN)
        self.naming: dict[str, list[int]] = {}
        self.users: dict[str, list[int]] = {}
        for index, rule in enumerate(kb.rules.values()):
            for finding in named_findings(rule.expr):
                self.naming.setdefault(finding, []).append(index)
            for other in named_rules(rule.expr):
                self.users.setdefault(other, []).append(index)

    def decide(self, facts: Facts) -> dict[str, Truth]:
        """The truth of every rule by its id, as ``assessment.decide`` gives it."""
        return {**self.unknown, **self.decided(facts)[0]}

    def decided(self, facts: Facts) -> tuple[dict[str, Truth], Facts]:
        """The truths that are not unknown, and the facts with the implied ones."""
        kb, implied = self.kb, self.kb.implied
        completed: dict[str, Value] = dict(facts)
        truths: dict[str, Truth] = {}
        due = bytearray(len(self.ids))
        for finding in completed:
            for index in self.naming.get(finding, ()):
                due[index] = 1
        # INVARIANT: a rule stands behind those it refers to, and a guard behind the guards of its findings.
        index = due.find(1)
        while index >= 0:
            rule = kb.rules[self.ids[index]]
            truth = evaluate(rule.expr, completed, truths)
            if truth is not Truth.UNKNOWN:
                truths[rule.id] = truth
                for other in self.users.get(rule.id, ()):
                    due[other] = 1
                finding = rule.owner
                implies = rule.kind is RuleKind.GUARD and truth is Truth.FALSE and finding in implied
                if implies and finding not in completed:
                    completed[finding] = implied[finding]
                    for other in self.naming.get(finding, ()):
                        due[other] = 1
            index = due.find(1, index + 1)
        return truths, completed

    def dependents(self, rule: str) -> tuple[str, ...]:
        """The rules that rest on a rule, directly or through others, in the order of the layers."""
        found: set[int] = set()
        todo = [*self.users.get(rule, ())]
        while todo:
            index = todo.pop()
            if index not in found:
                found.add(index)
                todo += self.users.get(self.ids[index], ())
        return tuple(self.ids[index] for index in sorted(found))

    def redecided(self, rule: str, expr: Expr, facts: Facts, truths: Mapping[str, Truth]) -> dict[str, Truth]:
        """The truths that would be others if ``rule`` said ``expr``, with those of the rules that rest on it.

        ``facts`` and ``truths`` are those of ``decided``; not for guards, which change the facts themselves.
        """
        changed: dict[str, Truth] = {}
        truth = evaluate(expr, facts, truths)
        if truth is truths.get(rule, Truth.UNKNOWN):
            return changed
        changed[rule] = truth
        now = {**truths, rule: truth}
        for other in self.dependents(rule):
            truth = evaluate(self.kb.exprs[other], facts, now)
            if truth is not truths.get(other, Truth.UNKNOWN):
                now[other] = changed[other] = truth
        return changed
