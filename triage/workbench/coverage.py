"""What the cases decide: for every rule whether some case makes it true, false and leaves it unknown, and for every
threshold whether some case stands on each side of it.

A rule that no case ever decides both ways may say anything without a test noticing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from triage.errors import Place
from triage.logic import Compare, Truth, named_rules, walk
from triage.models import KnowledgeBase, Rule, RuleKind
from triage.workbench.worked_cases import WorkedCase

KINDS: Mapping[RuleKind, str] = {
    RuleKind.PATTERN: "pattern",
    RuleKind.URGENCY_WHEN: "urgency rule",
    RuleKind.URGENCY_UNLESS: "reassurance",
    RuleKind.CRITERION: "criterion",
    RuleKind.EXCLUSION: "exclusion",
    RuleKind.EVIDENCE: "evidence",
    RuleKind.CONFIRMATION: "confirmation",
    RuleKind.SELF_CARE: "self care",
    RuleKind.GRADE: "grade",
    RuleKind.CONTEXT: "context",
    RuleKind.CAVEAT: "caveat",
}
ASSERTED = ("pattern", "urgency rule", "grade")
"""kinds of which every rule deserves a case that names it: one where it holds, fails, and stays unknown"""


@dataclass(frozen=True)
class RuleCoverage:
    """How many cases find a rule true, false and unknown, and how many of them say so."""

    id: str
    kind: str
    place: Place
    evaluated: Counter[Truth] = field(default_factory=Counter)
    asserted: Counter[Truth] = field(default_factory=Counter)

    @property
    def never(self) -> tuple[Truth, ...]:
        """True and false, as far as no case finds it so."""
        return tuple(truth for truth in (Truth.TRUE, Truth.FALSE) if not self.evaluated[truth])

    @property
    def unsaid(self) -> tuple[Truth, ...]:
        """Truths that no case expects of it, if it is of a kind that deserves such cases."""
        if self.kind not in ASSERTED:
            return ()
        return tuple(truth for truth in (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN) if not self.asserted[truth])


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a threshold: the value there, the cases that have it, and those that also assert the rule."""

    at: float
    evaluated: int
    asserted: int


@dataclass(frozen=True, slots=True)
class ThresholdCoverage:
    """A comparison with a number in a rule, and who stands on each of its sides."""

    rule: str
    kind: str
    place: Place
    node: Compare
    sides: tuple[Side, ...]

    @property
    def never(self) -> tuple[float, ...]:
        """Values at which no case stands."""
        return tuple(side.at for side in self.sides if not side.evaluated)

    @property
    def unsaid(self) -> tuple[float, ...]:
        """Values at which no case names the rule or one that rests on it, where cases of its own are deserved."""
        if self.kind not in (*ASSERTED, "reassurance"):
            return ()
        return tuple(side.at for side in self.sides if not side.asserted)


@dataclass(frozen=True)
class Coverage:
    """What all cases together decide."""

    cases: int
    rules: tuple[RuleCoverage, ...]
    thresholds: tuple[ThresholdCoverage, ...]


def coverage_of(kb: KnowledgeBase, cases: Sequence[WorkedCase]) -> Coverage:
    """What the cases decide of every rule and every threshold."""
    units = {_unit(rule): rule for rule in kb.rules.values() if rule.kind in KINDS}
    rules = {id: RuleCoverage(id, KINDS[rule.kind], rule.place) for id, rule in units.items()}
    for case in cases:
        for id, truth in case.truths.items():
            if id in rules:
                rules[id].evaluated[truth] += 1
        for id in kb.urgency_rules:
            truth = case.truth(id)
            if truth is not Truth.UNKNOWN:
                rules[id].evaluated[truth] += 1
        for id, truth in case.asserted:
            name = id.removesuffix(".when")
            if name in rules:
                rules[name].asserted[truth] += 1
    for rule in rules.values():
        rule.evaluated[Truth.UNKNOWN] = len(cases) - rule.evaluated[Truth.TRUE] - rule.evaluated[Truth.FALSE]
    return Coverage(len(cases), tuple(rules.values()), tuple(_thresholds(kb, cases)))


def _unit(rule: Rule) -> str:
    """The id under which a rule is counted: an urgency rule as a whole, with its reassurance."""
    return rule.owner if rule.kind is RuleKind.URGENCY_WHEN else rule.id


def _thresholds(kb: KnowledgeBase, cases: Sequence[WorkedCase]) -> Iterator[ThresholdCoverage]:
    answers: dict[str, list[tuple[float, int]]] = {}
    for number, case in enumerate(cases):
        for finding, value in case.facts.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                answers.setdefault(finding, []).append((float(value), number))
    naming = _asserting(kb, cases)
    for rule in kb.rules.values():
        if rule.kind not in KINDS:
            continue
        for node in dict.fromkeys(node for node in walk(rule.expr) if isinstance(node, Compare)):
            sides = []
            for at, low, high in sides_of(kb, node):
                there = {number for value, number in answers.get(node.finding, ()) if low <= value <= high}
                sides.append(Side(at, len(there), len(there & naming.get(rule.id, set()))))
            yield ThresholdCoverage(rule.id, KINDS[rule.kind], rule.place, node, tuple(sides))


def _asserting(kb: KnowledgeBase, cases: Sequence[WorkedCase]) -> dict[str, set[int]]:
    """By rule: the numbers of the cases that expect a truth of it or of a rule that rests on it."""

    @cache
    def below(rule: str) -> frozenset[str]:
        if rule in kb.urgency_rules:
            return below(f"{rule}.when") | below(f"{rule}.unless")
        if rule not in kb.exprs:
            return frozenset()
        return frozenset({rule}).union(*(below(other) for other in named_rules(kb.exprs[rule])))

    found: dict[str, set[int]] = {}
    for number, case in enumerate(cases):
        for name in {name for name, _ in case.asserted}:
            for rule in below(name):
                found.setdefault(rule, set()).add(number)
    return found


def sides_of(kb: KnowledgeBase, node: Compare) -> list[tuple[float, float, float]]:
    """The values to try a threshold at, each with the interval that counts as standing there.

    On the threshold and one step beyond it, on both sides for an equality; values outside the finding's range are
    left out.
    """
    step, bound = step_of(kb, node), float(node.value)
    below, above = moved(bound, -step), moved(bound, step)
    tried = [(bound, bound, bound)]
    if node.op in (">=", "<", "==", "!="):
        tried.append((below, below, _before(bound, -1)))
    if node.op in ("<=", ">", "==", "!="):
        tried.append((above, _before(bound, 1), above))
    lowest, highest = kb.findings[node.finding].limits
    return [side for side in tried if lowest <= side[0] <= highest]


def step_of(kb: KnowledgeBase, node: Compare) -> float:
    """The smallest step at a threshold: 1, or a unit of its last decimal."""
    if kb.findings[node.finding].whole:
        return 1.0
    exponent = int(Decimal(repr(node.value)).normalize().as_tuple().exponent)
    return float(Decimal(1).scaleb(min(exponent, 0)))


def moved(bound: float, step: float) -> float:
    """The bound moved by a step, without a rest of binary fractions.

    >>> moved(2.3, -0.1), 2.3 - 0.1
    (2.2, 2.1999999999999997)
    """
    return float(Decimal(repr(bound)) + Decimal(repr(step)))


def _before(bound: float, sign: int) -> float:
    """A value just beside the bound, so that the bound itself does not count as standing beside it."""
    return bound + sign * 1e-9
