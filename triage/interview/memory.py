"""The truths of one case after another, found anew only where an answer changed something.

A dialogue changes one answer at a time, while most of the few thousand rules rest on others. A test holds this equal
to the reference, ``assessment.decide``.
"""

from __future__ import annotations

from collections.abc import Mapping

from triage.assessment.grading import Standing, standing
from triage.cases import complete_facts
from triage.logic import (
    Facts,
    Truth,
    Value,
    World,
    evaluate,
    named_findings,
    named_rules,
    pending_findings,
)
from triage.models import KnowledgeBase, RuleKind

NOTHING: frozenset[str] = frozenset()


class Memory:
    """What follows in the case last looked ``at``; caveats are left out."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._rules = {rule.id: rule.expr for rule in kb.rules.values() if rule.kind <= RuleKind.ADULT}
        self._hanging = _hanging(kb, self._rules)
        self._truths: dict[str, Truth] = {}
        self._completed: Mapping[str, Value] = {}
        self._pending: dict[str, frozenset[str]] = {}
        self._standings: dict[str, Standing] = {}
        self._world: World | None = None

    def at(self, facts: Facts) -> World:
        """The case with these facts, implied values and the truths of all rules up to the disorders' grades."""
        completed = complete_facts(self.kb, facts)
        if self._world is None:
            stale = list(self._rules)
        else:
            before = self._completed
            changed = {
                name
                for name in before.keys() | completed.keys()
                if before.get(name) != completed.get(name)
                or type(before.get(name)) is not type(completed.get(name))
            }
            if not changed:
                return self._world
            hit = set().union(*(self._hanging.get(name, ()) for name in changed))
            stale = [rule for rule in self._rules if rule in hit]
        truths = dict(self._truths)
        for rule in stale:
            truths[rule] = evaluate(self._rules[rule], completed, truths)
            self._pending.pop(rule, None)
            self._standings.pop(rule.partition(".")[0], None)
        # What excludes a family excludes its members.
        for head, members in self.kb.members.items():
            if head not in self._standings:
                for member in members:
                    self._standings.pop(member, None)
        self._completed, self._truths = completed, truths
        self._world = World(completed, truths, self.kb.exprs, self.kb.guards)
        return self._world

    def pending(self, rule: str) -> frozenset[str]:
        """The findings whose answer could still change a rule in this case."""
        if self._truths[rule] is not Truth.UNKNOWN:
            return NOTHING
        if rule not in self._pending:
            assert self._world is not None
            self._pending[rule] = pending_findings(self._rules[rule], self._world, self.pending)
        return self._pending[rule]

    def standing(self, disorder: str) -> Standing:
        """Grade, band and fit of a disorder in this case."""
        if disorder not in self._standings:
            self._standings[disorder] = standing(self.kb, self.kb.disorders[disorder], self._truths)
        return self._standings[disorder]


def _hanging(kb: KnowledgeBase, rules: Mapping[str, object]) -> Mapping[str, frozenset[str]]:
    """By finding: the rules whose truth, or whose pending findings, can change with it."""
    rests: dict[str, frozenset[str]] = {}

    def guards_of(findings: frozenset[str]) -> frozenset[str]:
        found = set(findings)
        waiting = list(findings)
        while waiting:
            guard = kb.guards.get(waiting.pop())
            if guard is not None:
                more = named_findings(guard) - found
                found |= more
                waiting += more
        return frozenset(found)

    for name in rules:
        expr = kb.exprs[name]
        below = (rests[rule] for rule in named_rules(expr))
        rests[name] = guards_of(named_findings(expr)).union(*below)
    hanging: dict[str, set[str]] = {}
    for name, findings in rests.items():
        for finding in findings:
            hanging.setdefault(finding, set()).add(name)
    return {finding: frozenset(names) for finding, names in hanging.items()}
