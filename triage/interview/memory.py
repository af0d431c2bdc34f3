"""What follows in one case after another, found anew only where an answer changed something.

Beside the truths it keeps which findings could still decide a rule, and where each disorder stands: a dialogue
changes one answer at a time, while most of the few thousand rules rest on others. A test holds it equal to the
reference.
"""

from __future__ import annotations

from collections.abc import Mapping

from triage.assessment import decided
from triage.assessment.grading import Standing, standing
from triage.assessment.ranking import Lines, families_of, lines_of
from triage.logic import (
    And,
    AtLeast,
    Expr,
    Facts,
    HasChoice,
    Or,
    Ref,
    Truth,
    Value,
    World,
    YesNo,
    evaluate,
    named_findings,
    named_rules,
    pending_findings,
)
from triage.models import KnowledgeBase, RuleKind

NOTHING: frozenset[str] = frozenset()
NEARNESS = {Truth.TRUE: 1.0, Truth.UNKNOWN: 0.0, Truth.FALSE: -1.0}


class Memory:
    """What follows in the case last looked ``at``; caveats are left out."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._hanging = _hanging(kb)
        self._complaints = {kb.exprs[f"complaint.{one.id}"] for one in kb.interview.complaints}
        self._case = decided(kb, {}, RuleKind.ADULT)
        self._world = self._case.world
        self._pending: dict[str, frozenset[str]] = {}
        self._near: dict[str, float] = {}
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
                    self._near.pop(rule, None)
            for name in self._case.concerned:
                self._standings.pop(name, None)
            likeness = self._case.likeness
            if likeness is not before.likeness:
                for name, one in self._standings.items():
                    self._standings[name] = one.with_likeness(likeness.get(name, 0))
        return self._world

    def lines(self) -> Lines:
        """The lines of the differential diagnosis in this case."""
        kb = self.kb
        return lines_of(kb, families_of(kb, (self.standing(name) for name in kb.disorders)))

    def pending(self, rule: str) -> frozenset[str]:
        """The findings whose answer could still change a rule in this case."""
        if self._case.truths[rule] is not Truth.UNKNOWN:
            return NOTHING
        if rule not in self._pending:
            self._pending[rule] = pending_findings(self.kb.exprs[rule], self._world, self.pending)
        return self._pending[rule]

    def near(self, rule: str) -> float:
        """How far a rule is met, from 0 to 1."""
        return max(0.0, self._rule_nearness(rule))

    def _rule_nearness(self, rule: str) -> float:
        truth = self._case.truths[rule]
        if truth is not Truth.UNKNOWN:
            return NEARNESS[truth]
        if rule not in self._near:
            self._near[rule] = self._nearness(self.kb.exprs[rule])
        return self._near[rule]

    def _nearness(self, expr: Expr) -> float:
        """How far a condition is met, -1 if it is false; a sign asked because of another answer is halfway there."""
        match expr:
            case And(args):
                parts = [self._nearness(arg) for arg in args]
                # That the complaint is there says little; it counts only where nothing else is asked.
                telling = [part for arg, part in zip(args, parts, strict=True) if arg not in self._complaints]
                counted = telling or parts
                return -1.0 if min(parts) < 0 else sum(counted) / len(counted)
            case Or(args):
                return max(self._nearness(arg) for arg in args)
            case AtLeast(count, args):
                best = sorted(map(self._nearness, args), reverse=True)[:count]
                return -1.0 if best[-1] < 0 else sum(best) / count
            case Ref(rule):
                return self._rule_nearness(rule)
            case YesNo(finding) | HasChoice(finding):
                truth = evaluate(expr, self._world.facts)
                return 0.5 if truth is Truth.UNKNOWN and self._led_to(finding) else NEARNESS[truth]
            case _:
                return NEARNESS[evaluate(expr, self._world.facts, self._world.truths)]

    def _led_to(self, finding: str) -> bool:
        guarded = self.kb.findings[finding].asked_when is not None
        return guarded and self._world.truths[f"{finding}.asked_when"] is Truth.TRUE

    def hanging(self, finding: str) -> frozenset[str]:
        """The rules up to the disorders' grades that an answer could help to decide in some case."""
        return self._hanging.get(finding, NOTHING)

    def standing(self, disorder: str) -> Standing:
        """Grade, band and fit of a disorder in this case."""
        if disorder not in self._standings:
            case = self._case
            self._standings[disorder] = standing(
                self.kb, self.kb.disorders[disorder], case.truths, case.likeness
            )
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
