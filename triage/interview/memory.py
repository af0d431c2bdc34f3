"""What follows in one case after another, found anew only where an answer changed something.

Beside the truths it keeps which findings could still decide a rule, and where each disorder stands: a dialogue
changes one answer at a time, while most of the few thousand rules rest on others. A test holds it equal to the
reference.
"""

from __future__ import annotations

from collections.abc import Mapping

from triage.assessment import decided
from triage.assessment.grading import Standing, standing
from triage.logic import (
    Facts,
    Truth,
    Value,
    World,
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
        self._hanging = _hanging(kb)
        self._case = decided(kb, {}, RuleKind.ADULT)
        self._world = self._case.world
        self._pending: dict[str, frozenset[str]] = {}
        self._standings: dict[str, Standing] = {}

    def at(self, facts: Facts) -> World:
        """The case with these facts, implied values and the truths of all rules up to the disorders' grades."""
        before = self._case
        answers = _changes(before.facts, facts)
        if answers:
            self._case = before.answered(answers)
            self._world = self._case.world
            for name in _changes(before.completed, self._case.completed):
                for rule in self._hanging.get(name, ()):
                    self._pending.pop(rule, None)
            owners = {self.kb.rules[rule].owner for rule in self._case.changed}
            # What excludes a family excludes its members.
            for name in owners.union(*(self.kb.members.get(owner, ()) for owner in owners)):
                self._standings.pop(name, None)
        return self._world

    def pending(self, rule: str) -> frozenset[str]:
        """The findings whose answer could still change a rule in this case."""
        if self._case.truths[rule] is not Truth.UNKNOWN:
            return NOTHING
        if rule not in self._pending:
            self._pending[rule] = pending_findings(self.kb.exprs[rule], self._world, self.pending)
        return self._pending[rule]

    def standing(self, disorder: str) -> Standing:
        """Grade, band and fit of a disorder in this case."""
        if disorder not in self._standings:
            self._standings[disorder] = standing(self.kb, self.kb.disorders[disorder], self._case.truths)
        return self._standings[disorder]


def _changes(before: Facts, after: Facts) -> dict[str, Value | None]:
    """What turns one case into the other; None takes an answer back."""
    return {
        name: after.get(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    }


def _hanging(kb: KnowledgeBase) -> Mapping[str, frozenset[str]]:
    """By finding: the rules whose pending findings can change with it."""
    rests: dict[str, frozenset[str]] = {}
    guarded: dict[str, frozenset[str]] = {}
    for name, guard in kb.guards.items():
        above = named_findings(guard)
        guarded[name] = above.union(*(guarded.get(one, NOTHING) for one in above))
    for rule in kb.rules.values():
        if rule.kind <= RuleKind.ADULT:
            names = named_findings(rule.expr)
            others = (rests[other] for other in named_rules(rule.expr))
            rests[rule.id] = names.union(*(guarded.get(one, NOTHING) for one in names), *others)
    hanging: dict[str, set[str]] = {}
    for name, findings in rests.items():
        for finding in findings:
            hanging.setdefault(finding, set()).add(name)
    return {finding: frozenset(names) for finding, names in hanging.items()}
