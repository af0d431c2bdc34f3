"""What other answers would change: the outcome of a changed case, and the smallest changes that lead elsewhere.

A case has some two thousand single changes, so each is decided from what it reaches (``assessment.incremental``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from triage.assessment import (
    Decided,
    assemble,
    decide,
    decided,
    held_rules,
    leading_lines,
    level_now,
    ranking_of,
    rule_truth,
)
from triage.logic import Facts, FindingType, Truth, Value
from triage.models import Assessment, Finding, KnowledgeBase, Level, RuleKind

Outcome = tuple[str, str | None]
"""urgency now and the first leading disorder"""
Answer = tuple[str, Value]


@dataclass(frozen=True, slots=True)
class Change:
    """A set of changed or added answers and the outcome it leads to."""

    answers: tuple[Answer, ...]
    outcome: Outcome


def outcome(assessment: Assessment) -> Outcome:
    """What a change is measured by: urgency now and the first leading disorder."""
    return (assessment.urgency.now.value, assessment.leading[0] if assessment.leading else None)


def what_if(kb: KnowledgeBase, case_id: str, facts: Facts, answers: Mapping[str, Value | None]) -> Assessment:
    """The assessment with some answers changed or added, or taken back where the answer is None."""
    merged = {**facts, **answers}
    changed = {name: value for name, value in merged.items() if value is not None}
    return assemble(kb, case_id, changed, decide(kb, changed))


def smallest_changes(
    kb: KnowledgeBase,
    facts: Facts,
    *,
    allowed: Callable[[Facts], bool] = lambda facts: True,
    pairs: bool = True,
) -> list[Change]:
    """All single changed or added answers that change the outcome; pairs of changed ones only if no single one does.

    ``allowed`` refuses sets of answers that contradict each other.
    """
    found = Outcomes(kb, facts)
    singles = list(single_changes(kb, facts))
    changes = list(_effective(found, ((one,) for one in singles), allowed))
    if changes or not pairs:
        return changes
    given = [one for one in singles if one[0] in facts]
    several = ((a, b) for a, b in combinations(given, 2) if a[0] != b[0])
    return list(_effective(found, several, allowed))


def _effective(
    outcomes: Outcomes, candidates: Iterable[tuple[Answer, ...]], allowed: Callable[[Facts], bool]
) -> Iterator[Change]:
    for answers in candidates:
        after = outcomes.start.answered(dict(answers))
        reached = outcomes.of(after)
        # Contradictions are looked for last: few changes lead anywhere.
        if reached != outcomes.now and allowed(after.facts):
            yield Change(answers, reached)


class Outcomes:
    """The outcomes of cases that differ from one case in a few answers; ``now`` is its own."""

    def __init__(self, kb: KnowledgeBase, facts: Facts) -> None:
        self.kb = kb
        self.start = decided(kb, facts, RuleKind.GRADE)
        self.ranking = ranking_of(self.start)
        self.held = {rule.id: rule.level for rule in held_rules(kb, self.start.world)}
        self.leading = leading_lines(kb, self.ranking.ranked, self.start.truths)
        self.now = self.of(self.start)

    def of(self, after: Decided) -> Outcome:
        """The outcome of a case made of the first by ``answered``."""
        leading = self._leading(after)
        level = level_now(self.kb, after.world, self._held(after), leading)
        return (level.value, leading[0] if leading else None)

    def _held(self, after: Decided) -> Iterable[Level]:
        owners = {self.kb.rules[rule].owner for rule in after.changed}
        held = dict(self.held)
        for name in owners & self.kb.urgency_rules.keys():
            rule = self.kb.urgency_rules[name]
            if rule_truth(rule, after.world) is Truth.TRUE:
                held[name] = rule.level
            else:
                held.pop(name, None)
        return held.values()

    def _leading(self, after: Decided) -> list[str]:
        ranking = self.ranking.after(after)
        complaints = any(self.kb.rules[rule].kind is RuleKind.COMPLAINT for rule in after.changed)
        if ranking is self.ranking and not complaints:
            return self.leading
        return leading_lines(self.kb, ranking.ranked, after.truths)


def single_changes(kb: KnowledgeBase, facts: Facts) -> Iterator[Answer]:
    """Every other answer to one finding; of a list, each choice turned alone and none of them.

    Numbers are tried on, between and on both sides of all thresholds of the rules.
    """
    for finding in kb.findings.values():
        tried = [facts.get(finding.id)]
        for value in _values(kb, finding, tried[0]):
            if value not in tried:
                tried.append(value)
                yield finding.id, value


def _values(kb: KnowledgeBase, finding: Finding, present: Value | None) -> Iterator[Value]:
    match finding.type:
        case FindingType.YES_NO:
            yield from (True, False)
        case FindingType.ONE_OF:
            yield from finding.choices
        case FindingType.NUMBER:
            yield from numbers_tried(kb, finding)
        case FindingType.ANY_OF:
            kept = dict(present) if isinstance(present, Mapping) else {}
            yield from ({**kept, choice: value} for choice in finding.choices for value in (True, False))
            yield dict.fromkeys(finding.choices, False)


def numbers_tried(kb: KnowledgeBase, finding: Finding) -> list[float]:
    """A value of every region that the thresholds cut out: on each, just beside it, and between two close ones."""
    bounds = sorted(kb.thresholds[finding.id])
    low, high = finding.limits
    found = {bound + step for bound in bounds for step in (-1, 0, 1)}
    if not finding.whole:
        found |= {(one + other) / 2 for one, other in pairwise(bounds)}
    return sorted(value for value in found if low <= value <= high)
